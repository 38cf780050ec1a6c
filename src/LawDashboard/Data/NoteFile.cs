using System.Text.Json;

namespace LawDashboard.Data;

/// <summary>
/// A few facts as JSON in a file, about work that goes on over a restart. After a power cut the old ones or the new ones stand
/// there; a file that was damaged all the same is as if there were none.
/// </summary>
public static class NoteFile
{
    public static void Write<T>(string path, T note) where T : class
    {
        // Under a name of its own first: two that write at the same moment must not share it.
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(note));
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Null when there is none, or only half of one.</summary>
    public static T? Read<T>(string path) where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllText(path)) : null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }
}
