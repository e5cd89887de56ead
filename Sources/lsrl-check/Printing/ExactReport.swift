import ErrorAnalysis
import ExactArithmetic
import ExactJSON
import Verification

/// What `exact` found out about a program.
struct ExactReport {
  enum Result {
    case found(Exactness)

    /// There is nothing to look at, or it could not be looked at to the end.
    case refused(String)
  }

  let program: String

  /// The settings of this program among several.
  let title: String
  let inputs: [GridValue]
  let horizon: Horizon
  let selection: ConstantSelection?
  let formats: [FloatFormat]
  private var results: [(route: Route, result: Result)] = []

  init(
    program: String, title: String, inputs: [GridValue], horizon: Horizon,
    selection: ConstantSelection?, formats: [FloatFormat]
  ) {
    self.program = program
    self.title = title
    self.inputs = inputs
    self.horizon = horizon
    self.selection = selection
    self.formats = formats
  }

  mutating func add(_ route: Route, _ result: Result) { results.append((route, result)) }

  /// Whether all routes are exact in all formats.
  var isProved: Bool {
    results.allSatisfy { _, result in
      guard case .found(let exactness) = result else { return false }
      return formats.allSatisfy { exactness.isProved(in: $0) }
    }
  }
}

// MARK: - For people

extension ExactReport {
  var lines: [String] {
    var lines = title.isEmpty ? [] : ["program    \(title)"]
    lines.append("assumed    \(assumption)")
    lines += selection?.lines ?? []
    for (route, result) in results {
      switch result {
      case .refused(let reason): lines.append("\(route)  UNDECIDED: \(reason)")
      case .found(let exactness): lines += self.lines(route, exactness)
      }
    }
    return lines
  }

  private var assumption: String {
    let sets = inputs.enumerated().map { coordinate, set in
      let kind =
        set.point != nil || set.spacing != nil ? "" : "any real number in "
      return (inputs.count > 1 ? "coordinate \(coordinate): " : "") + kind + "\(set)"
    }
    return "tokens in \(sets.joined(separator: "; ")); \(horizon)"
  }

  private func lines(_ route: Route, _ exactness: Exactness) -> [String] {
    let needs = exactness.needs
    var summary = "\(route)  "
    if let precision = needs.precision, let peak = needs.precisions.last {
      summary += "needs \(precision) bits (\(peak.place): \(peak.numbers))"
    } else {
      summary += "is on no dyadic grid"
    }
    if case .steps = exactness.horizon, exactness.holdsForEveryLength {
      summary += "; states repeat: so for any number of tokens"
    }
    return [summary]
      + formats.map { format in
        guard let failure = exactness.failure(in: format) else {
          return "  \(format.name)  proved: every output is exact"
        }
        return "  \(format.name)  UNDECIDED: \(failure)"
      }
  }
}

// MARK: - For machines

extension ExactReport {
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("program", .string(program)), .init("settings", .string(title)),
      .init("inputs", .array(inputs.map(json(of:)))),
    ]
    if case .steps(let count) = horizon { members.append(.init("steps", JSONValue(count))) }
    if let selection { members.append(.init("constants", selection.json)) }
    members.append(
      .init("results", .array(results.flatMap { route, result in json(of: result, on: route) })))
    return .object(members)
  }

  private func json(of set: GridValue) -> JSONValue {
    .object([
      .init("lower", JSONValue(set.lower)), .init("upper", JSONValue(set.upper)),
      .init("step", set.spacing.map { JSONValue($0) } ?? .null),
    ])
  }

  private func json(of result: Result, on route: Route) -> [JSONValue] {
    formats.map { format in
      var members: [JSONValue.Member] = [
        .init("route", .string("\(route)")), .init("format", .string(format.name)),
      ]
      switch result {
      case .refused(let reason):
        members.append(.init("verdict", "undecided"))
        members.append(.init("reason", .string(reason)))
      case .found(let exactness):
        let failure = exactness.failure(in: format)
        members.append(.init("verdict", failure == nil ? "proved" : "undecided"))
        members.append(
          .init("bits", exactness.needs.precision.map { JSONValue($0) } ?? .null))
        members.append(.init("everyLength", .bool(exactness.holdsForEveryLength)))
        members.append(.init("outputs", .array(exactness.outputs.map(json(of:)))))
        if let failure { members.append(.init("reason", .string("\(failure)"))) }
      }
      return .object(members)
    }
  }
}
