@preconcurrency import Dispatch
import Foundation

/// The verified checker, answering for many certificates one after the other
/// (`verified-checker --serve`). Started again where it ends, or where an answer takes too long.
final class CheckerProcess {
  enum Question: String { case read, check }

  enum Answer: Equatable {
    /// With the exit code that the checker has for this text alone, and its reason.
    case said(Int, String)

    /// It ended without an answer.
    case ended(String)
    case tookTooLong
  }

  private let path: String

  /// How long an answer may take.
  private let patience: Duration

  private var running: (process: Process, input: Pipe, output: Pipe)?
  private var unread: [UInt8] = []

  init(_ checker: VerifiedChecker, patience: Duration) {
    path = checker.path
    self.patience = patience
    signal(SIGPIPE, SIG_IGN)
  }

  deinit { end() }

  /// The answers for `texts`, in their order. `meanwhile` runs while the checker works.
  func answers(
    to texts: [[UInt8]], _ question: Question, meanwhile: () throws -> Void = {}
  ) throws -> [Answer] {
    var answers: [Answer] = []
    var isFirst = true
    while answers.count < texts.count {
      let (process, input, output) = try started()
      let rest = Array(texts[answers.count...])
      let written = DispatchGroup()
      let descriptor = input.fileHandleForWriting.fileDescriptor
      DispatchQueue.global().async(group: written) {
        for text in rest {
          let header = Array("\(question.rawValue) \(text.count)\n".utf8)
          guard CheckerProcess.write(header + text, to: descriptor) else { return }
        }
      }
      if isFirst { try meanwhile() }
      isFirst = false
      while answers.count < texts.count {
        let answer = self.answer(from: output.fileHandleForReading.fileDescriptor)
        answers.append(answer)
        if case .said = answer { continue }
        process.terminate()
        break
      }
      if case .said? = answers.last {
        written.wait()
      } else {
        process.waitUntilExit()
        written.wait()
        end()
      }
    }
    return answers
  }

  /// Lets the process end, and waits for that.
  func end() {
    guard let (process, input, _) = running else { return }
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
    running = nil
    unread = []
  }

  private func started() throws -> (process: Process, input: Pipe, output: Pipe) {
    if let running { return running }
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: path)
    process.arguments = ["--serve"]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw Failure.badInput("\(path): cannot be run: \(error.localizedDescription)")
    }
    running = (process, input, output)
    return (process, input, output)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// The next line.
  private func answer(from descriptor: Int32) -> Answer {
    let deadline = ContinuousClock.now + patience
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: unread[..<end], as: UTF8.self)
        unread.removeSubrange(...end)
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        guard let code = parts.first.flatMap({ Int($0) }) else {
          return .ended("it said '\(line)'")
        }
        return .said(code, parts.count > 1 ? parts[1] : "")
      }
      let left = (deadline - ContinuousClock.now) / .milliseconds(1)
      guard left > 0 else { return .tookTooLong }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, Int32(left.rounded(.up)))
      if ready == 0 || (ready < 0 && errno == EINTR) { continue }
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(descriptor, &bytes, bytes.count)
      guard count > 0 else { return .ended("it ended without an answer") }
      unread += bytes[..<count]
    }
  }
}
