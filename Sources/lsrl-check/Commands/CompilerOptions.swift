import Architectures
import ArgumentParser
import Compiler
import Verification

extension Architecture: ExpressibleByArgument {}

/// Options of all commands that lower programs.
struct CompilerOptions: ParsableArguments {
  @Option(
    name: .customLong("arch"),
    help: ArgumentHelp(
      "The architecture to compile for, or all; repeatable.",
      discussion: "See `lsrl-check list architectures`.", valueName: "architecture"))
  var names: [String] = []

  @Option(
    help: ArgumentHelp(
      "Compile for sequences of at most this many tokens: then more state matrices can be expressed.",
      valueName: "tokens"))
  var maxLength: Int?

  @Option(
    help: ArgumentHelp(
      "Give up debranching by the rules when a program has more non-zeros than this.",
      valueName: "nonzeros"))
  var largestPath: Int?

  /// Ways of lowering that an architecture offers beside its usual one.
  enum Variation: String, EnumerableFlag {
    case shiftInitialState, stateInCell, resetAtStart

    static func help(for value: Variation) -> ArgumentHelp? {
      switch value {
      case .shiftInitialState:
        "RNN, LSTM, GRU: start cells at zero and add the initial state behind them."
      case .stateInCell: "LSTM: keep diagonal, non-negative states in c, not in h."
      case .resetAtStart: "Hawk, Griffin: recurrences reset at the first token, as libraries do."
      }
    }
  }

  @Flag var variations: [Variation] = []

  mutating func validate() throws {
    _ = try architectures()
    if let maxLength, maxLength < 1 { throw ValidationError("--max-length must be positive") }
    if let largestPath, largestPath < 1 {
      throw ValidationError("--largest-path must be positive")
    }
  }

  func architectures() throws -> [Architecture] {
    var chosen: [Architecture] = []
    for name in names {
      if name == "all" { return Architecture.allCases }
      guard let architecture = Architecture(rawValue: name) else {
        let known = Architecture.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--arch \(name): expected one of \(known), or all")
      }
      if !chosen.contains(architecture) { chosen.append(architecture) }
    }
    return chosen
  }

  func compilers(largestPath standard: Int) -> Compilers {
    var lowering = LoweringOptions()
    lowering.maximumLength = maxLength
    if variations.contains(.shiftInitialState) { lowering.initialState = .shifted }
    lowering.keepsStatesInCell = variations.contains(.stateInCell)
    lowering.resetsAtStart = variations.contains(.resetAtStart)
    return .standard(largestPath: largestPath ?? standard, lowering: lowering)
  }
}

extension String {
  /// The name of a flag on the command line: `stateInCell` is `state-in-cell`.
  var kebabCased: String {
    reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : "\($1)" }
  }
}
