import Certificates
import ExactArithmetic
import FixtureFiles
import Foundation
import Testing

/// `fixtures/coq` holds certificates and the files in which Coq's kernel checks them;
/// `proofs/check` has the kernel do so.
///
/// `RECORD_FIXTURES=1` writes the files anew, with what `proofs/_build/verified-checker` finds, if
/// it is there; else with what is on record.
@Suite("Files for Coq's kernel")
struct CoqTextTests {
  private static let names = [
    "more-ones-than-zeros.lean", "countdown.lstm", "parity-of-bits.gru",
    "more-ones-than-zeros.mamba", "near-minus-two.rules",
  ]

  @Test("They state programs, certificates and theorem as on record", arguments: names)
  func golden(name: String) throws {
    let path = "fixtures/coq/\(name.replacing(/[-.]/, with: "_")).v"
    let chain = try CertificateChain(parsing: PackageRoot.text("fixtures/coq/\(name).cert"))
    for judgement in chain.judgements() { #expect(judgement.isAccepted) }
    let witnesses = try Self.witnesses(of: chain, recorded: path)
    #expect(witnesses.count == chain.certificates.count)
    try FixtureFile(path).check(chain.coqText(witnesses: witnesses, about: name))
  }

  @Test("Among them is a chain")
  func isAnyChain() throws {
    let text = try PackageRoot.text("fixtures/coq/near-minus-two.rules.cert")
    #expect(try CertificateChain(parsing: text).certificates.count == 2)
  }

  private static func witnesses(
    of chain: CertificateChain, recorded path: String
  ) throws -> [String] {
    let checker = PackageRoot.file("proofs/_build/verified-checker")
    if ProcessInfo.processInfo.environment["RECORD_FIXTURES"] != nil,
      FileManager.default.isExecutableFile(atPath: checker.path)
    {
      return try chain.certificates.map { try witnesses(of: $0, foundBy: checker) }
    }
    return Certificate.witnesses(inCoq: try PackageRoot.text(path)).map(String.init)
  }

  private static func witnesses(
    of certificate: Certificate, foundBy checker: URL
  ) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).cert")
    try certificate.text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = checker
    process.arguments = ["--witnesses", file.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let said = try #require(try output.fileHandleForReading.readToEnd())
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: said, as: UTF8.self)
  }

  @Test("A subject ends no comment")
  func comment() throws {
    let certificate = try Certificate(parsing: PackageRoot.text("fixtures/coq/countdown.lstm.cert"))
    let text = certificate.coqText(witnesses: "", about: "*) Axiom false : False. (* \"\n*)")
    #expect(text.contains("\n     Axiom false : False.") == false)
    #expect(text.components(separatedBy: "*)").count == text.components(separatedBy: "(*").count)
    #expect(!text.contains("*) Axiom"))
  }
}

@Suite("A weight that is wrong by a billionth")
struct BillionthTests {
  /// Non-zero weights of the target's affine maps, in the order of the text.
  private static func weights(of program: CellProgram) -> [(node: Int, row: Int, entry: Int)] {
    program.nodes.indices.flatMap { node -> [(node: Int, row: Int, entry: Int)] in
      guard case .linear(let map, _) = program.nodes[node] else { return [] }
      return (0..<map.outputDimension).flatMap { row in
        map.matrix.row(row).indices.map { (node, row, $0 - map.matrix.row(row).startIndex) }
      }
    }
  }

  private static func changed(
    _ program: CellProgram, _ place: (node: Int, row: Int, entry: Int)
  ) -> CellProgram {
    var nodes = program.nodes
    guard case .linear(let map, let source) = nodes[place.node] else { return program }
    var rows = (0..<map.outputDimension).map { Array(map.matrix.row($0)) }
    let old = rows[place.row][place.entry]
    rows[place.row][place.entry] = .init(
      column: old.column, value: old.value + Rational(1, 1_000_000_000))
    let matrix = Matrix(columnCount: map.inputDimension, rows: rows)
    nodes[place.node] = .linear(AffineMap(matrix, offset: map.offset), of: source)
    return CellProgram(nodes: nodes, initial: program.initial, output: program.output)
  }

  /// Of Listing 2 as a stack of GRUs. Where a weight is multiplied by what is always zero, or where
  /// a gate is clipped, it makes no difference: then outputs are equal on random tokens, too.
  @Test("is rejected, with the place, or makes no difference")
  func rejected() throws {
    let original = try Certificate(
      parsing: PackageRoot.text("fixtures/coq/dictionary.gru.cert"))
    #expect(original.judged().isAccepted)
    let weights = Self.weights(of: original.target)
    var places: Set<String> = []
    var rejected = 0
    for index in stride(from: 5, to: weights.count, by: weights.count / 16) {
      var certificate = original
      certificate.target = Self.changed(original.target, weights[index])
      #expect(certificate.target != original.target)
      switch certificate.judged() {
      case .rejected(.link(.target, let coordinate, _, .step, _, _)):
        places.insert("\(coordinate)")
        rejected += 1
      case .rejected(.output(let place, _, _, _)):
        places.insert("output \(place)")
        rejected += 1
      case .accepted:
        var dice = Dice(seed: index)
        let tokens = (0..<4).map { _ in original.inputBounds.map { _ in dice.number() } }
        #expect(try certificate.target.run(tokens) == certificate.source.run(tokens))
      case let judgement: Issue.record("\(weights[index]): \(judgement)")
      }
    }
    #expect(rejected >= 5 && places.count > 1, "\(rejected) rejected, at \(places)")
  }

  @Test("is rejected where proofs/check changes one, too")
  func sameAsVerified() throws {
    let text = try PackageRoot.text("fixtures/coq/dictionary.gru.cert")
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines[2751].contains(" 4 0 -1 2 "))
    lines[2751] = lines[2751].replacing(" 4 0 -1 ", with: " 4 0 -1000000001/1000000000 ")
    let judgement = try Certificate(parsing: lines.joined(separator: "\n")).judged()
    #expect(
      judgement.description.hasPrefix(
        "rejected: target node 416, coordinate 0 is not output"), "\(judgement)")
  }
}
