import ErrorAnalysis
import ExactArithmetic
import ExactJSON

/// A box of tokens: a line for each coordinate, `lo hi` or `lo hi numbers`; or JSON, a list of such
/// lists. `numbers` is `reals` (if absent), `floats`, or a power of two whose multiples occur, such
/// as 1 for integers.
struct BoxFile {
  private let path: String

  init(_ path: String) { self.path = path }

  func box(dimension: Int) throws -> InputBox {
    let coordinates = path.hasSuffix(".json") ? try json() : try lines()
    guard coordinates.count == dimension else {
      throw Failure.badInput(
        "\(path): expected \(dimension) coordinates, found \(coordinates.count)")
    }
    return InputBox(coordinates)
  }

  private func lines() throws -> [InputBox.Coordinate] {
    let lines = try InputFile.text(of: path).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var coordinates: [InputBox.Coordinate] = []
    for (index, line) in lines.enumerated() {
      let content = line.prefix { $0 != "#" }
      let fields = content.split(whereSeparator: { $0.isWhitespace || $0 == "," }).map(String.init)
      if fields.isEmpty { continue }
      coordinates.append(try coordinate(fields, at: "\(path):\(index + 1)"))
    }
    return coordinates
  }

  private func json() throws -> [InputBox.Coordinate] {
    do {
      let value = try JSONValue(parsing: try InputFile.bytes(of: path))
      return try JSONPath(value).elements().enumerated().map { index, element in
        let fields = try element.elements().map { field in
          switch field.value {
          case .string(let text), .number(let text): return text
          default: throw field.error(expecting: "a number or a word")
          }
        }
        return try coordinate(fields, at: "\(path): coordinate \(index)")
      }
    } catch let error as JSONSyntaxError {
      throw Failure.badInput("\(path):\(error)")
    } catch let error as JSONContentError {
      throw Failure.badInput("\(path): \(error)")
    }
  }

  private func coordinate(_ fields: [String], at place: String) throws -> InputBox.Coordinate {
    guard fields.count == 2 || fields.count == 3 else {
      throw Failure.badInput(
        "\(place): expected a lower bound, an upper bound and maybe which numbers, found "
          + "\(fields.count) fields")
    }
    let bounds = try fields.prefix(2).map { field -> Rational in
      do {
        return try Rational(parsing: field)
      } catch {
        throw Failure.badInput("\(place): \"\(field)\": \(error)")
      }
    }
    guard bounds[0] <= bounds[1] else {
      throw Failure.badInput("\(place): expected bounds in order, found \(fields[0]) \(fields[1])")
    }
    return InputBox.Coordinate(
      bounds[0], bounds[1], try numbers(fields.count == 3 ? fields[2] : "reals", at: place))
  }

  private func numbers(_ word: String, at place: String) throws -> InputBox.Numbers {
    switch word {
    case "reals": return .reals
    case "floats": return .floats
    default:
      guard let unit = try? Rational(parsing: word), unit > 0, unit.isPowerOfTwo else {
        throw Failure.badInput(
          "\(place): expected reals, floats or a power of two, found \"\(word)\"")
      }
      return .multiples(ofPowerOfTwo: unit.binade)
    }
  }
}
