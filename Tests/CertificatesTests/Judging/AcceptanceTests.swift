import Certificates
import ExactArithmetic
import FixtureFiles
import Foundation
import Testing

@Suite("The judge accepts")
struct AcceptanceTests {
  @Test("A state kept as the difference of two ReLUs")
  func pair() {
    let judgement = Example.pair.judged()
    #expect(judgement.isAccepted, "\(judgement)")
  }

  @Test("A state kept by itself, because it is never negative")
  func oneSided() {
    let judgement = Example.oneSided.judged()
    #expect(judgement.isAccepted, "\(judgement)")
  }

  @Test("A product as the growth of a sum, in a GRU")
  func accumulating() throws {
    let judgement = try Example.accumulatingProduct().judged()
    #expect(judgement.isAccepted, "\(judgement)")
  }

  @Test("A product as the growth of an average, in a GRU")
  func bounded() throws {
    let judgement = try Example.boundedProduct().judged()
    #expect(judgement.isAccepted, "\(judgement)")
  }

  @Test("A product with a negative part as the growth of an average, in a GRU")
  func boundedNegative() throws {
    let judgement = try Example.boundedNegativeProduct().judged()
    #expect(judgement.isAccepted, "\(judgement)")
    #expect(try !Example.boundedNegativeProduct(from: Rational(-31, 10)).judged().isAccepted)
  }

  @Test("Two forms of |x|, of max(x, y), and of clipping to a range")
  func flips() {
    let absolute = Example.withoutMemory(
      Example.sum([1, 1], of: [[1], [-1]]), Example.sum([2, -1], of: [[1]], passing: true))
    #expect(absolute.judged().isAccepted)
    // max(x, y) = x + ReLU(y − x) = y + ReLU(x − y), and ReLU of the one minus the other is 0.
    let twice = CellProgram(
      nodes: [
        .input, .linear(AffineMap([[-1, 1], [1, -1]]), of: 0), .relu(of: 1), .concat([0, 2]),
        .linear(AffineMap([[1, 0, 1, 0], [0, 1, 0, 1]]), of: 3),
        .linear(AffineMap([[1, -1]]), of: 4), .relu(of: 5),
      ],
      initial: [], output: 6)
    let zero = CellProgram(
      nodes: [.input, .linear(AffineMap([[0, 0]]), of: 0)], initial: [], output: 1)
    #expect(Example.withoutMemory(zero, twice, inputs: 2).judged().isAccepted)
  }

  @Test("Everything in the folder of accepted certificates, and nothing in the others")
  func folders() throws {
    let folder = PackageRoot.file("proofs/certificates")
    for (name, isAccepted) in [("accepted", true), ("rejected", false)] {
      let files = try FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: name).path)
      #expect(files.count > 1)
      for file in files {
        let text = try PackageRoot.text("proofs/certificates/\(name)/\(file)")
        let chain = try CertificateChain(parsing: text)
        let judgements = chain.judgements()
        let accepted = judgements.filter(\.isAccepted)
        #expect((accepted.count == judgements.count) == isAccepted, "\(file): \(judgements)")
        for case .undecided(let limit) in judgements { Issue.record("\(file): \(limit)") }
        let read = try CertificateChain(parsing: chain.text)
        #expect(read == chain || !isAccepted)
      }
    }
    let unreadable = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "unreadable").path)
    for file in unreadable {
      let text = try PackageRoot.text("proofs/certificates/unreadable/\(file)")
      #expect(throws: CertificateTextError.self, "\(file)") { try CertificateChain(parsing: text) }
    }
  }
}
