import Foundation

/// Where fixtures lie, found from where this file was compiled.
enum PackageRoot {
  static func file(_ path: String) -> URL {
    URL(filePath: #filePath).appending(path: "../../../../\(path)").standardizedFileURL
  }
}
