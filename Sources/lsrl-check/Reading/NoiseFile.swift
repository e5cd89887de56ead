import ExactJSON
import Reports

/// Figures as `lsrl-check noise --json` writes them.
struct NoiseFile {
  static let schema = "lsrl-check/noise/1"

  let findings: NoiseFindings

  /// `command` is what makes the figures again.
  init(_ json: JSONValue, command: String) throws(JSONContentError) {
    let file = JSONPath(json)
    let schema = try file.member("schema")
    guard try schema.string() == NoiseFile.schema else {
      throw schema.error(expecting: "\"\(NoiseFile.schema)\"")
    }
    let experiment = try file.member("experiment").string()
    let route = try file.member("route").string()
    let isPath = ["lean", "rules"].contains(route)
    var setting = "\(isPath ? "\(route) path" : route) in binary64"
    let (mu, lambda) = (try file.member("mu").string(), try file.member("lambda").string())
    let isChosen = mu == "auto"
    setting +=
      isChosen
      ? ", each μ and λ the least power of two that is enough" : ", μ = \(mu), λ = \(lambda)"
    if experiment == "tok2tok" {
      setting += ", \(try file.member("pairs").integer()) pairs of "
      setting += "\(try file.member("length").integer()) tokens each"
    }
    if try file.member("resetsStates").value == false { setting += ", states not reset" }
    let seed = try file.member("seed")
    guard case .number(let text) = seed.value, let start = UInt64(text) else {
      throw seed.error(expecting: "a number from 0 to \(UInt64.max)")
    }
    var cells: [NoiseFindings.Cell] = []
    for row in try file.member("rows").elements() { cells.append(try NoiseFile.cell(row)) }
    findings = NoiseFindings(
      experiment: experiment,
      title: experiment + (isPath ? "" : " on \(route)") + (isChosen ? ", chosen constants" : ""),
      setting: setting, seed: start, cells: cells, command: command)
  }

  init(reading path: String) throws {
    do {
      try self.init(
        JSONValue(parsing: try InputFile.bytes(of: path)),
        command: ShellLine.line(["report", "noise", "--data", path]))
    } catch let error as JSONSyntaxError {
      throw Failure.badInput("\(path):\(error)")
    } catch let error as JSONContentError {
      throw Failure.badInput("\(path): \(error)")
    }
  }

  private static func cell(_ row: JSONPath) throws(JSONContentError) -> NoiseFindings.Cell {
    var witness: String?
    if let tokens = try row.optional("witness") {
      var texts: [String] = []
      for token in try tokens.vectors() {
        texts.append(token.map(\.description).joined(separator: " "))
      }
      witness = texts.joined(separator: ", ")
    }
    return NoiseFindings.Cell(
      variant: try row.member("variant").string(), level: try float(row.member("level")),
      figures: try floats(row.member("figures")), authors: try floats(row.member("authors")),
      verdict: try row.member("verdict").string(), witness: witness)
  }

  private static func floats(_ list: JSONPath) throws(JSONContentError) -> [Double] {
    var floats: [Double] = []
    for element in try list.elements() { floats.append(try float(element)) }
    return floats
  }

  /// As we print floats: infinities and NaN are strings.
  private static func float(_ value: JSONPath) throws(JSONContentError) -> Double {
    switch value.value {
    case .number(let text), .string(let text):
      if let float = Double(text) { return float }
      throw value.error(expecting: "a float")
    default: throw value.error(expecting: "a float")
    }
  }
}
