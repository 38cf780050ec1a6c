using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace LawDashboard.Commands;

/// <summary>Whether somebody listens already where the website is to listen.</summary>
static class ListeningPorts
{
    /// <summary>False also where it cannot be told beforehand: the server then finds out by itself.</summary>
    public static bool IsTaken(string url)
    {
        var address = BindingAddress.Parse(url);
        if (address.Port == 0 || address.IsUnixPipe || address.IsNamedPipe || address.Host.StartsWith('[')) return false;
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(Of(address.Host), address.Port));
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }

    static IPAddress Of(string host) =>
        host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var address) ? address : IPAddress.Any;
}
