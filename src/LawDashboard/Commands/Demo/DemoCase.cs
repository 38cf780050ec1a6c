using LawDashboard.Features.Units;

namespace LawDashboard.Commands.Demo;

/// <summary>What decides the values of one invented entry, besides the day as of which they are known.</summary>
/// <param name="Number">Its place in the year, for numbers of papers.</param>
readonly record struct DemoCase(Draws Draws, Unit Unit, Unit Town, DateOnly Date, int Number);
