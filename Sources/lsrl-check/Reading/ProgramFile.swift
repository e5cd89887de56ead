import Architectures
import ArgumentParser
import ExactArithmetic
import ExactJSON
import LSRL

/// A program as the user names it: an `.lsrl` text, or the corpus's JSON form.
struct ProgramFile: ParsableArguments {
  @Argument(help: "An .lsrl file, or a .json file in the corpus's form (run: or of layers).")
  var program: String

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Overrides a parameter of the program; repeatable.", valueName: "name=value")
  )
  var settings: [String] = []

  /// A program from the file of this name.
  static func read(_ name: String, setting settings: [String] = []) throws -> Program {
    var file = ProgramFile()
    file.program = name
    file.settings = settings
    return try file.read().program
  }

  func read() throws -> CorpusCase {
    if program.hasSuffix(".json") || program.hasSuffix(".jsonl") {
      guard settings.isEmpty else {
        throw Failure.badInput("\(program): --set needs an .lsrl file, JSON has no parameters")
      }
      return try readJSON()
    }
    let text = try InputFile.text(of: program)
    do {
      let read = try ProgramText(
        parsing: text, file: program, setting: try parameters())
      for warning in read.warnings { StandardError.write("\(warning)\n") }
      return CorpusCase(name: program, program: read.program, tokens: [], outputs: nil)
    } catch let error as TextError {
      throw Failure.badInput("\(error)\n\(error.excerpt)")
    }
  }

  /// The program built with constants in the place of what calls of the library say, and where it
  /// has them.
  func build(
    choosing constants: [Int: Rational]
  ) throws -> (program: Program, sites: [ConstantSite]) {
    guard !program.hasSuffix(".json"), !program.hasSuffix(".jsonl") else {
      throw Failure.badInput(
        "\(program): --constants auto needs an .lsrl file, JSON has no calls of the library")
    }
    let text = try InputFile.text(of: program)
    do {
      let read = try ProgramText(
        parsing: text, file: program, setting: try parameters(), choosing: constants)
      return (read.program, read.constantSites)
    } catch let error as TextError {
      throw Failure.badInput("\(error)\n\(error.excerpt)")
    }
  }

  /// The program, or the network if the file is one (a `.json` with the schema of layers).
  func readRunnable() throws -> Runnable {
    guard program.hasSuffix(".json") else { return .program(try read().program) }
    do {
      let json = try JSONValue(parsing: try InputFile.bytes(of: program))
      guard json["schema"] == .string(LayerStack.schema) else {
        return .program(try read().program)
      }
      guard settings.isEmpty else {
        throw Failure.badInput("\(program): --set needs an .lsrl file, layers have no parameters")
      }
      return .layers(try LayerStack(parsing: json))
    } catch let error as JSONSyntaxError {
      throw Failure.badInput("\(program):\(error)")
    } catch let error as JSONContentError {
      throw Failure.badInput("\(program): \(error)")
    }
  }

  private func readJSON() throws -> CorpusCase {
    let lines = try CorpusFile(program).lines()
    guard lines.count == 1 else {
      throw Failure.badInput("\(program): expected one program, found \(lines.count)")
    }
    return lines[0].value
  }

  private func parameters() throws -> [String: ParameterValue] {
    var values: [String: ParameterValue] = [:]
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let value = ParameterValue(parsing: parts[1]) else {
        throw ValidationError("--set \(setting): expected name=value, such as mu=1000")
      }
      values[parts[0]] = value
    }
    return values
  }
}

/// What `run` runs.
enum Runnable {
  case program(Program)
  case layers(LayerStack)

  var inputDimension: Int {
    switch self {
    case .program(let program): program.graph.inputDimension
    case .layers(let stack): stack.inputDimension
    }
  }

  /// The first coordinate of `token` that is not as declared, and what is declared.
  func undeclared(in token: [Rational]) -> (coordinate: Int, expected: String)? {
    guard case .program(let program) = self, let coordinate = program.undeclared(in: token) else {
      return nil
    }
    return (coordinate, program.declaration(of: coordinate))
  }
}

/// Programs in the corpus's form: a JSON object, or one object a line.
struct CorpusFile {
  struct Line {
    let number: Int
    let value: CorpusCase
  }

  private let path: String

  init(_ path: String) { self.path = path }

  func lines() throws -> [Line] {
    let bytes = try InputFile.bytes(of: path)
    guard path.hasSuffix(".jsonl") else {
      return [Line(number: 1, value: try parse(bytes[...], line: 1))]
    }
    var lines: [Line] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
      lines.append(Line(number: index + 1, value: try parse(line, line: index + 1)))
    }
    return lines
  }

  private func parse(_ bytes: ArraySlice<UInt8>, line: Int) throws -> CorpusCase {
    do {
      return try CorpusCase(parsing: JSONValue(parsing: Array(bytes)))
    } catch let error as JSONSyntaxError {
      let place = JSONSyntaxError(
        line: error.line + line - 1, column: error.column, expected: error.expected,
        found: error.found)
      throw Failure.badInput("\(path):\(place)")
    } catch let error as JSONContentError {
      throw Failure.badInput("\(path):\(line): \(error)")
    }
  }
}
