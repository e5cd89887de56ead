import Foundation

/// Other people's software, set up by `make bench-peers` in a folder of its own.
public struct Peers: Sendable {
  public let folder: URL

  public init(folder: String) { self.folder = URL(filePath: folder) }

  public enum Program: Sendable {
    /// exact.py with a library.
    case exactPython(String)

    /// flint.c.
    case flint

    /// floats.py: the type, and how many sequences side by side.
    case scipy(type: String, batch: Int)

    var name: String {
      switch self {
      case .exactPython(let library): library
      case .flint: "C FLINT"
      case .scipy(_, let batch): "scipy, \(batch) sequences"
      }
    }
  }

  /// What a peer said of a workload.
  public struct Run: Sendable {
    public let seconds: Figure

    /// The numbers of the last output, where it prints them.
    public let output: String?
  }

  /// Nil if it is not installed or fails: a peer that is missing is never counted as beaten.
  public func run(_ program: Program, _ workload: Workload, repetitions: Int) -> Run? {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "lsrl-check-bench-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let file = folder.appending(path: "workload.txt")
      try Data(workload.text.utf8).write(to: file)
      guard let text = try start(program, on: file.path, repetitions, output: folder) else {
        return nil
      }
      return Run(reading: text)
    } catch {
      return nil
    }
  }

  /// What it prints; nil if it fails.
  private func start(
    _ program: Program, on file: String, _ repetitions: Int, output folder: URL
  ) throws -> String? {
    let process = Process()
    let python = self.folder.appending(path: "python/bin/python")
    func script(_ name: String) -> String { self.folder.appending(path: name).path }
    switch program {
    case .exactPython(let library):
      process.executableURL = python
      process.arguments = [script("exact.py"), file, "\(repetitions)", library]
    case .flint:
      process.executableURL = self.folder.appending(path: "flint")
      process.arguments = [file, "\(repetitions)"]
    case .scipy(let type, let batch):
      process.executableURL = python
      process.arguments = [script("floats.py"), file, "\(repetitions)", type, "\(batch)"]
    }
    let path = folder.appending(path: "output").path
    try Data().write(to: URL(filePath: path))
    process.standardOutput = FileHandle(forWritingAtPath: path)
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return try String(contentsOfFile: path, encoding: .utf8)
  }
}

extension Peers.Run {
  init?(reading text: String) {
    var seconds: [Double] = []
    var output: String?
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2 else { continue }
      switch words[0] {
      case "seconds": seconds += [Double(words[1])].compactMap(\.self)
      case "outputs", "numbers": output = String(words[1])
      default: continue
      }
    }
    guard !seconds.isEmpty else { return nil }
    self.seconds = Figure(seconds)
    self.output = output
  }
}
