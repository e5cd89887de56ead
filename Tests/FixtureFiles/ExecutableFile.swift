import Foundation

/// Scripts that stand in the place of other programs.
public enum ExecutableFile {
  public struct NotWritten: Error {
    public let path: String
  }

  /// Writes `text` to `path`, to be run.
  ///
  /// A process of its own writes: if this one did, those that other tests start meanwhile would hold
  /// the file open for writing too, for a moment, and the system runs no file that somebody writes.
  public static func write(_ text: String, to path: String) throws {
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", #"printf %s "$1" > "$2" && chmod 755 "$2""#, "sh", text, path]
    try shell.run()
    shell.waitUntilExit()
    guard shell.terminationStatus == 0 else { throw NotWritten(path: path) }
  }
}
