import Architectures
import ExactArithmetic
import ExactJSON
import LSRL

/// A run that speaks for or against a claim:
///
///     {"schema": "lsrl-check/evidence/1", "program": file, "settings": [{"mu": "10"}, …],
///      "inputs": [[number, …], …], "claimed": [[number, …] or null, …], "within": number,
///      "outputs": [[number, …], …], "note": text}
///
/// `program` is an `.lsrl` text, or layers (`.json`), from the top of the package. It is run once
/// with each of the settings (once without any, if there are none), always with the same outputs.
/// `claimed` has what the paper says; null where it says nothing. `within` is how far off the
/// outputs may be by the claim (0 unless given).
public struct EvidenceRun: Sendable {
  public static let schema = "lsrl-check/evidence/1"

  public let program: String
  public let settings: [[String: ParameterValue]]
  public let tokens: [[Rational]]
  public let claimed: [[Rational]?]
  public let tolerance: Rational

  /// What comes out in truth, exactly.
  public let outputs: [[Rational]]

  public init(parsing json: JSONValue) throws(JSONContentError) {
    let file = JSONPath(json)
    let schema = try file.member("schema")
    guard try schema.string() == EvidenceRun.schema else {
      throw schema.error(expecting: "\"\(EvidenceRun.schema)\"")
    }
    program = try file.member("program").string()
    tokens = try file.member("inputs").vectors()
    outputs = try file.member("outputs").vectors()
    tolerance = try file.optional("within")?.number() ?? 0
    var claimed: [[Rational]?] = []
    for element in try file.member("claimed").elements() {
      claimed.append(element.value == .null ? nil : try element.vector())
    }
    self.claimed = claimed
    var settings: [[String: ParameterValue]] = []
    for setting in try file.optional("settings")?.elements() ?? [] {
      var values: [String: ParameterValue] = [:]
      for (name, value) in try setting.members() {
        guard let parsed = ParameterValue(parsing: try value.string()) else {
          throw value.error(expecting: "a number or a word")
        }
        values[name] = parsed
      }
      settings.append(values)
    }
    self.settings = settings.isEmpty ? [[:]] : settings
    guard outputs.count == tokens.count, claimed.count == tokens.count else {
      throw file.error(
        expecting: "as many claims and outputs as inputs (\(tokens.count))",
        found: "\(claimed.count) and \(outputs.count)")
    }
  }

  /// Whether the outputs are what the paper claims.
  public var agrees: Bool {
    zip(claimed, outputs).allSatisfy { claim, output in
      guard let claim else { return true }
      return claim.count == output.count
        && zip(claim, output).allSatisfy { ($0 - $1).magnitude <= tolerance }
    }
  }
}

/// What evidence is read from and run by.
public struct EvidenceReader: Sendable {
  /// The bytes of a file, by its path from the top of the package.
  private let bytes: @Sendable (String) throws -> [UInt8]

  public init(bytes: @escaping @Sendable (String) throws -> [UInt8]) { self.bytes = bytes }

  public func evidence(_ file: String) throws -> EvidenceRun {
    try EvidenceRun(parsing: JSONValue(parsing: bytes(file)))
  }

  /// What the program or the layers in `file` make of `tokens`.
  public func outputs<Number: PowerScalar>(
    of file: String, setting: [String: ParameterValue] = [:], on tokens: [[Number]]
  ) throws -> [[Number]] {
    let content = try bytes(file)
    if file.hasSuffix(".json") {
      return try LayerStack(parsing: JSONValue(parsing: content)).run(tokens)
    }
    let text = try ProgramText(
      parsing: String(decoding: content, as: UTF8.self), file: file, setting: setting)
    var interpreter = Interpreter<Number>(text.program.graph)
    return try interpreter.run(tokens)
  }

  /// Nil if the evidence is what it is said to be, else what is wrong with it.
  public func objection(to evidence: Erratum.Evidence) throws -> String? {
    switch evidence {
    case .fact(_, let fact): return try fact.check(self) ? nil : "not so: \(fact.statement)"
    case .run(let role, let file):
      let run = try self.evidence(file)
      for setting in run.settings {
        let found = try outputs(of: run.program, setting: setting, on: run.tokens)
        guard found == run.outputs else {
          return "\(file), \(setting): expected \(run.outputs), found \(found)"
        }
      }
      return run.agrees == role.wantsAgreement
        ? nil : "\(file) \(run.agrees ? "agrees with" : "contradicts") the claim as \(role)"
    }
  }
}
