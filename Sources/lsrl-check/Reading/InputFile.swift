import Foundation

/// Reads files that strangers wrote.
enum InputFile {
  /// Larger files are refused instead of read.
  static let largestSize = 256 << 20

  static func bytes(of path: String) throws -> [UInt8] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw Failure.badInput("\(path): expected a file, found nothing there")
    }
    guard !isDirectory.boolValue else {
      throw Failure.badInput("\(path): expected a file, found a directory")
    }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Failure.badInput("\(path): cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { try? handle.close() }
    let data: Data?
    do {
      data = try handle.read(upToCount: largestSize + 1)
    } catch {
      throw Failure.badInput("\(path): cannot be read: \(error.localizedDescription)")
    }
    guard let data, data.count <= largestSize else {
      if data == nil { return [] }
      throw Failure.badInput("\(path): expected at most \(largestSize) bytes, found more")
    }
    return Array(data)
  }

  static func text(of path: String) throws -> String {
    guard let text = String(validating: try bytes(of: path), as: UTF8.self) else {
      throw Failure.badInput("\(path): expected UTF-8 text")
    }
    return text
  }
}
