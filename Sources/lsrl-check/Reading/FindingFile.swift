import ExactJSON
import LSRL
import PropertyTesting

/// A finding as `check` writes it.
struct FindingFile {
  static let schema = "lsrl-check/finding/1"

  let property: String
  let architectures: [String]
  let variations: [CompilerOptions.Variation]
  let maxLength: Int?
  let largestPath: Int?

  /// The case for machines; nil if the property has no such form.
  let record: String?
  let choices: ChoiceSequence

  init(reading path: String) throws {
    do {
      let file = JSONPath(try JSONValue(parsing: try InputFile.bytes(of: path)))
      let schema = try file.member("schema")
      guard try schema.string() == FindingFile.schema else {
        throw schema.error(expecting: "\"\(FindingFile.schema)\"")
      }
      property = try file.member("property").string()
      architectures = try file.member("architectures").elements().map { try $0.string() }
      variations = try (file.optional("variations")?.elements() ?? []).map { element in
        guard let variation = CompilerOptions.Variation(rawValue: try element.string()) else {
          throw element.error(expecting: "a way of lowering")
        }
        return variation
      }
      maxLength = try file.optional("maxLength")?.integer()
      largestPath = try file.optional("largestPath")?.integer()
      record = try file.optional("case")?.string()
      choices = ChoiceSequence(
        try file.member("choices").elements().map { element in
          guard case .number(let text) = element.value, let choice = UInt64(text) else {
            throw element.error(expecting: "a number from 0 to \(UInt64.max)")
          }
          return choice
        })
    } catch let error as JSONSyntaxError {
      throw Failure.badInput("\(path):\(error)")
    } catch let error as JSONContentError {
      throw Failure.badInput("\(path): \(error)")
    }
  }
}
