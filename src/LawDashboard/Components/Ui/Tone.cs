namespace LawDashboard.Components.Ui;

/// <summary>What a colour means; it never stands without a word and a pictogram.</summary>
public enum Tone { Neutral, Primary, Good, Late, Bad }
