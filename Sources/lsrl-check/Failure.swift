import ArgumentParser

/// What a command ends with when it cannot do its work: one line for people, one code for scripts.
struct Failure: Error {
  enum Code: Int32 {
    /// sysexits.h: EX_DATAERR, EX_SOFTWARE, EX_IOERR.
    case badInput = 65
    case ourBug = 70
    case cannotWrite = 74
  }

  let code: Code

  /// Without a trailing newline; a second line may show the place.
  let message: String

  static func badInput(_ message: String) -> Failure { Failure(code: .badInput, message: message) }

  static func cannotWrite(_ message: String) -> Failure {
    Failure(code: .cannotWrite, message: message)
  }
}

/// What a command that decided something ends with.
enum Outcome: Int32 {
  case holds = 0
  case refuted = 1
  case undecided = 2

  /// The worse of two: what is refuted stays refuted, what is undecided is never green.
  func and(_ other: Outcome) -> Outcome {
    if self == .refuted || other == .refuted { return .refuted }
    return self == .undecided || other == .undecided ? .undecided : .holds
  }
}

/// A command whose failures are reported in one way.
protocol ReportingCommand: AsyncParsableCommand {
  func perform() async throws -> Outcome
}

extension ReportingCommand {
  mutating func run() async throws {
    do {
      let outcome = try await perform()
      throw ExitCode(outcome.rawValue)
    } catch let failure as Failure {
      StandardError.write("lsrl-check: error: \(failure.message)\n")
      throw ExitCode(failure.code.rawValue)
    }
  }
}
