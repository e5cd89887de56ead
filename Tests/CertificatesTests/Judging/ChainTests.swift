import Certificates
import Testing

@Suite("Certificates one behind the other")
struct ChainTests {
  private static let first = Example.itself(Example.large(nodes: 60, seed: 1), inputs: 2)

  @Test("They fit if the target of one is the source of the next, and assumptions are the same")
  func fit() throws {
    let first = Self.first
    let chain = try #require(CertificateChain([first, first]))
    #expect(chain.source == first.source && chain.target == first.target)
    #expect(chain.single == nil && CertificateChain(first).single == first)
    let rejected = chain.judgements().filter { !$0.isAccepted }
    #expect(rejected.isEmpty)
    var other = first
    other.source = Example.large(nodes: 61, seed: 2)
    #expect(CertificateChain([first, other]) == nil)
    other = first
    other.inputBounds[0] = .nonnegative
    #expect(CertificateChain([first, other]) == nil)
    #expect(CertificateChain([]) == nil)
  }

  @Test("What is written is read back; one alone is written as a certificate")
  func text() throws {
    let chain = try #require(CertificateChain([Self.first, Self.first, Self.first]))
    #expect(chain.text.hasPrefix("chain 3\n"))
    let read = try CertificateChain(parsing: chain.text)
    #expect(read == chain)
    #expect(CertificateChain(Self.first).text == Self.first.text)
    let alone = try CertificateChain(parsing: Self.first.text)
    #expect(alone.single == Self.first)
    #expect(throws: CertificateTextError.self) { try Certificate(parsing: chain.text) }
    #expect(throws: CertificateTextError.self) { try CertificateChain(parsing: "chain 0 1 - -") }
    #expect(throws: CertificateTextError.self) { try CertificateChain(parsing: "chain 9 1 - -") }
  }
}
