import Foundation

/// Standard output, with what `print` does not do: a write that fails is an error, not a silence.
enum StandardOutput {
  static func line(_ text: String = "") throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    } catch {
      throw Failure.cannotWrite("standard output: \(error.localizedDescription)")
    }
  }

  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}

enum StandardError {
  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

/// Colour on terminals only, and not where https://no-color.org asks for none.
struct Style {
  let usesColour: Bool

  static var standardOutput: Style {
    Style(
      usesColour: StandardOutput.isTerminal
        && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty)
  }

  func good(_ text: String) -> String { painted(text, "32") }
  func bad(_ text: String) -> String { painted(text, "31") }
  func open(_ text: String) -> String { painted(text, "33") }

  private func painted(_ text: String, _ code: String) -> String {
    usesColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

/// Files that the user asked for: whole or not at all.
enum OutputFile {
  static func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw Failure.cannotWrite("\(path): \(error.localizedDescription)")
    }
  }
}
