using System.Buffers;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>
/// A large message on its way, in a file that no other process can open by a name: its octets are never in memory together. It has to be
/// received whole before it is appended, because its size comes first, and a correction changes it.
/// </summary>
internal sealed class LargeMessage : IDisposable
{
    private const int BufferOctets = 128 * 1024;

    // No mail program writes more; what is longer is appended as it is.
    private const int MaxHeader = 1 << 20;

    private readonly MessageRepair _repair = new();
    private FileStream? _file = NewFile();

    public async Task ReceiveAsync(ImapWire source, long octets)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferOctets);
        try
        {
            while (octets > 0)
            {
                var count = await source.ReadOctetsAsync(buffer.AsMemory(0, (int)Math.Min(octets, BufferOctets)));
                _repair.Inspect(buffer.AsSpan(0, count));
                await _file!.WriteAsync(buffer.AsMemory(0, count));
                octets -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The message, which owns the file from now on.</summary>
    public async Task<FetchedMessage> ToMessageAsync(SourceMessage source)
    {
        if (_repair.IsNeeded) await CorrectAsync();
        var header = await HeaderAsync();
        var message = new FetchedMessage(source, header, _file) { IsRepaired = _repair.IsNeeded };
        _file!.Position = 0;
        _file = null;
        return message;
    }

    public void Dispose() => _file?.Dispose();

    private async Task<byte[]> HeaderAsync()
    {
        _file!.Position = 0;
        var begin = new byte[Math.Min(MaxHeader, _file.Length)];
        await _file.ReadExactlyAsync(begin);
        return begin[..MessageRepair.HeaderEnd(begin)];
    }

    private async Task CorrectAsync()
    {
        var header = await HeaderAsync();
        var corrected = NewFile();
        try
        {
            _file!.Position = header.Length;
            await corrected.WriteAsync(MessageRepair.Header(header));
            var (buffer, afterCr, part) = (new byte[BufferOctets], false, new MemoryStream());
            while (await _file.ReadAsync(buffer) is > 0 and var count)
            {
                part.SetLength(0);
                MessageRepair.Body(buffer.AsSpan(0, count), part, ref afterCr);
                await corrected.WriteAsync(part.GetBuffer().AsMemory(0, (int)part.Length));
            }
            await _file.DisposeAsync();
            _file = corrected;
        }
        catch
        {
            await corrected.DisposeAsync();
            throw;
        }
    }

    private static FileStream NewFile()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        return new(Path.Combine(Path.GetTempPath(), "mailadmin-" + Path.GetRandomFileName()), options);
    }
}
