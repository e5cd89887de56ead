import ArgumentParser
import ErrorAnalysis
import ExactArithmetic
import ExactJSON
import LSRL

/// Which constants μ and λ the library's functions are built with.
struct ConstantsOptions: ParsableArguments {
  enum Choice: String, ExpressibleByArgument, CaseIterable {
    case auto
    case asWritten = "as-written"
  }

  @Option(
    help: ArgumentHelp(
      "The constants mu of steps and lambda of choices: as-written or auto.",
      discussion: """
        auto: at each call the least power of two that is enough for the values that it meets, on \
        all sequences that --inputs and --steps allow. Prints what was chosen, and why.
        """))
  var constants = Choice.asWritten

  /// The program, with chosen constants if that is asked for.
  func read(
    _ file: ProgramFile, _ assumptions: AssumptionOptions, horizon: Horizon? = nil
  ) throws -> (read: CorpusCase, selection: ConstantSelection?) {
    let written = try file.read()
    guard constants == .auto else { return (written, nil) }
    let inputs = try assumptions.sets(of: written.program, file.program)
    let result = try ConstantSelection.select(
      inputs: inputs, horizon: horizon ?? assumptions.horizon
    ) { chosen throws(any Error) in
      try file.build(choosing: chosen)
    }
    switch result {
    case .success(let selection):
      let read = CorpusCase(
        name: written.name, program: selection.program, tokens: written.tokens,
        outputs: written.outputs)
      return (read, selection)
    case .failure(let failure):
      throw Failure.badInput("\(file.program): --constants auto: \(failure)")
    }
  }
}

extension ConstantSelection {
  /// What was chosen and why, a line for each place in the program.
  var lines: [String] {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for decision in decisions {
      let line = decision.line(in: program)
      if counts[line] == nil { order.append(line) }
      counts[line, default: 0] += 1
    }
    return ["constants  for \(basisInWords); the program was built \(rounds) times"]
      + order.map { line in
        let count = counts[line] ?? 1
        return "  \(line)" + (count > 1 ? "  (\(count) times)" : "")
      }
      + [
        changesMeaning
          ? "  NOTE: where it says so, a constant as written is not enough: the program changes"
          : "  the exact outputs on these tokens are those of the program as written"
      ]
  }

  /// What is assumed.
  var basisInWords: String {
    switch basis {
    case .runs(let inputs, let horizon):
      let sets = Set(inputs.map(\.description)).sorted().joined(separator: ", ")
      return "tokens in \(sets), \(horizon)"
    case .sequences(let count): return "the \(count) sequences at hand, and no others"
    }
  }

  var json: JSONValue {
    .array(
      decisions.map { decision in
        var members: [JSONValue.Member] = [
          .init("constant", .string(decision.name)),
          .init("at", .string(program.name(of: decision.site.result))),
          .init("written", JSONValue(decision.site.written)),
          .init("value", JSONValue(decision.value)),
          .init("finding", .string(decision.finding)),
          .init("changesMeaning", .bool(decision.changesMeaning)),
        ]
        if case .kept(let reason) = decision.outcome {
          members.append(.init("kept", .string(reason)))
        }
        return .object(members)
      })
  }
}

extension ConstantDecision {
  var name: String {
    switch site.role {
    case .steepness: "mu"
    case .guarding: "lambda"
    }
  }

  /// `lambda = 32 at 'now' (p.lsrl:4:7): condition …, values Z in [0, 26]; written 16, not enough`
  fileprivate func line(in program: Program) -> String {
    let place = program.name(of: site.result)
    switch outcome {
    case .chosen(let value):
      let verdict = changesMeaning ? ", NOT ENOUGH" : ""
      return "\(name) = \(value) at \(place): \(finding); written \(site.written)\(verdict)"
    case .kept(let reason):
      return "\(name) = \(site.written) at \(place), as written: \(reason) (\(finding))"
    }
  }
}
