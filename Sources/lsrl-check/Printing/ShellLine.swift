/// Commands as people would type them.
enum ShellLine {
  /// The command that is running.
  static var command: String { line(Array(CommandLine.arguments.dropFirst())) }

  static func line(_ arguments: [String]) -> String {
    (["lsrl-check"] + arguments.map(quoted)).joined(separator: " ")
  }

  private static func quoted(_ argument: String) -> String {
    let isPlain =
      !argument.isEmpty
      && argument.unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", ",", "/", "=", ":", "+", "@", "%":
          true
        default: false
        }
      }
    guard !isPlain else { return argument }
    return "'"
      + argument.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}
