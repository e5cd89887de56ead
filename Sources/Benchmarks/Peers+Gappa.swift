import Foundation

extension Peers {
  /// What Gappa proves.
  struct GappaAnswer: Sendable {
    /// The larger magnitude of the enclosure's ends.
    let bound: Double

    /// Of processor time.
    let seconds: Double
  }

  /// Nil if it is not installed, fails, or finds no enclosure.
  func gappa(_ question: String) -> GappaAnswer? {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "lsrl-check-bench-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let file = folder.appending(path: "question.g")
      try Data(question.utf8).write(to: file)
      let path = folder.appending(path: "answer").path
      try Data().write(to: URL(filePath: path))
      let process = Process()
      process.executableURL = self.folder.appending(path: "gappa")
      process.arguments = [file.path]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle(forWritingAtPath: path)
      process.standardError = process.standardOutput
      let before = Peers.childrenSeconds
      try process.run()
      process.waitUntilExit()
      let seconds = Peers.childrenSeconds - before
      guard process.terminationStatus == 0 else { return nil }
      let text = try String(contentsOfFile: path, encoding: .utf8)
      return Peers.enclosure(text).map { GappaAnswer(bound: $0, seconds: seconds) }
    } catch {
      return nil
    }
  }

  private static var childrenSeconds: Double {
    var usage = rusage()
    // RUSAGE_CHILDREN, which is imported with another type on each system.
    getrusage(-1, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + 1e-6 * Double(time.tv_usec) }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  /// The larger magnitude of `… in [-17733b-70 {-1.5e-17, …}, 17733b-70 {…}]`.
  static func enclosure(_ text: String) -> Double? {
    guard let line = text.split(separator: "\n").last(where: { $0.contains(" in [") }),
      let start = line.range(of: " in [")
    else { return nil }
    var ends: [Double] = []
    var depth = 0
    var word = ""
    for character in line[start.upperBound...] {
      switch character {
      case "{": depth += 1
      case "}": depth -= 1
      case ",", "]":
        guard depth == 0 else { continue }
        guard let end = dyadic(word) else { return nil }
        ends.append(end.magnitude)
        word = ""
      default: if depth == 0, character != " " { word.append(character) }
      }
    }
    return ends.count == 2 ? ends.max() : nil
  }

  /// `17733b-70` is 17733 · 2^−70.
  private static func dyadic(_ word: String) -> Double? {
    let parts = word.split(separator: "b")
    guard let digits = parts.first.flatMap({ Double($0) }), parts.count <= 2 else { return nil }
    guard parts.count == 2 else { return digits }
    return Int(parts[1]).map { Double(sign: .plus, exponent: $0, significand: digits) }
  }
}
