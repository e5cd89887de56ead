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

    /// reference.py: the path in the reference's numeric mode.
    case reference

    var name: String {
      switch self {
      case .exactPython(let library): library
      case .flint: "C FLINT"
      case .scipy(_, let batch): "scipy, \(batch) sequences"
      case .reference: "the reference's numeric mode"
      }
    }
  }

  /// What a peer said of a workload.
  public struct Run: Sendable {
    public let seconds: Figure

    /// The numbers of the last output, or of all, where it prints them.
    public let output: String?
  }

  /// Nil if it is not installed or fails: a peer that is missing is never counted as beaten.
  public func run(_ program: Program, _ workload: Workload, repetitions: Int) -> Run? {
    try? result(of: program, workload, repetitions: repetitions)
  }

  /// Throws if it fails, with what it said.
  func result(
    of program: Program, _ workload: Workload, repetitions: Int
  ) throws(PeerFailure) -> Run {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "lsrl-check-bench-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let answer: Answer
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let file = folder.appending(path: "workload.txt")
      try Data(workload.text.utf8).write(to: file)
      answer = try start(program, on: file.path, repetitions, output: folder)
    } catch {
      throw PeerFailure(program, "it cannot be started: \(error.localizedDescription)")
    }
    guard answer.succeeded else {
      let reason = answer.errors.split(separator: "\n").last.map(String.init)
      throw PeerFailure(program, reason ?? "it fails without a word")
    }
    guard let run = Run(reading: answer.output) else {
      throw PeerFailure(program, "it prints no time")
    }
    return run
  }

  private struct Answer {
    let succeeded: Bool
    let output: String
    let errors: String
  }

  private func start(
    _ program: Program, on file: String, _ repetitions: Int, output folder: URL
  ) throws -> Answer {
    let process = Process()
    func place(_ name: String) -> URL { self.folder.appending(path: name) }
    let python = place("python/bin/python")
    switch program {
    case .exactPython(let library):
      process.executableURL = python
      process.arguments = [place("exact.py").path, file, "\(repetitions)", library]
    case .flint:
      process.executableURL = place("flint")
      process.arguments = [file, "\(repetitions)"]
    case .scipy(let type, let batch):
      process.executableURL = python
      process.arguments = [place("floats.py").path, file, "\(repetitions)", type, "\(batch)"]
    case .reference:
      process.executableURL = place("reference-python/bin/python")
      process.arguments = [
        place("reference.py").path, file, "\(repetitions)", place("reference").path,
      ]
    }
    let paths = ["output", "errors"].map { folder.appending(path: $0).path }
    for path in paths { try Data().write(to: URL(filePath: path)) }
    process.standardOutput = FileHandle(forWritingAtPath: paths[0])
    process.standardError = FileHandle(forWritingAtPath: paths[1])
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let texts = try paths.map {
      String(decoding: try Data(contentsOf: URL(filePath: $0)), as: UTF8.self)
    }
    return Answer(
      succeeded: process.terminationReason == .exit && process.terminationStatus == 0,
      output: texts[0], errors: texts[1])
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
