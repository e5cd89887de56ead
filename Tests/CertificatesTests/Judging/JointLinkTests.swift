import Certificates
import ExactArithmetic
import Testing

@Suite("Links of the source, and of what the target says")
struct JointLinkTests {
  /// s ← s + x and t ← 2 t, from 0 and 1, and s again, from 0: two equal sums beside a number that
  /// nothing moves.
  private static let source = CellProgram(
    nodes: [
      .input,
      .state(
        recurrence: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], input: AffineMap([[1], [1], [0]]), of: 0),
      .relu(of: 1),
    ],
    initial: [[], [0, 0, 5], []], output: 2)

  /// The sum once.
  private static let target = CellProgram(
    nodes: [
      .input, .state(recurrence: [[1]], input: .identity(1), of: 0),
      .linear(AffineMap([[1], [1], [0]], offset: [0, 0, 5]), of: 1), .relu(of: 2),
    ],
    initial: [[], [0], [], []], output: 3)

  /// Both sums of the source are the target's, its third number is 5.
  private static let certificate = Certificate(
    inputBounds: [.everything], source: source, target: target, reads: [],
    targetReads: [.init(node: 1, place: 0)],
    coupling: CellProgram(
      nodes: [.input, .linear(AffineMap([[1], [0]], offset: [0, 5]), of: 0)], initial: [],
      output: 1),
    links: [], sourceLinks: [[], [0, 0, 1]])

  private static func changed(_ change: (inout Certificate) -> Void) -> Judgement {
    var certificate = certificate
    change(&certificate)
    return certificate.judged()
  }

  @Test("A source that says the same twice is seen to equal a target that says it once")
  func accepted() throws {
    #expect(Self.certificate.judged().isAccepted)
    #expect(try Self.certificate.rejections().isEmpty)
    #expect(try Certificate(parsing: Self.certificate.text) == Self.certificate)
  }

  @Test("Without the links it is not")
  func withoutLinks() {
    guard case .rejected(.output) = Self.changed({ $0.sourceLinks = [] }) else {
      Issue.record("accepted without a reason")
      return
    }
  }

  @Test("Links of the source that are wrong, at the start or after a step, are rejected")
  func wrong() {
    let constant = Self.changed {
      $0.coupling = CellProgram(
        nodes: [.input, .linear(AffineMap([[1], [0]], offset: [0, 6]), of: 0)], initial: [],
        output: 1)
    }
    #expect(
      constant
        == .rejected(
          .link(
            .source, .init(node: 1, place: 2), output: 1, .start, found: "5", expected: "6")))
    let twice = Self.changed {
      $0.coupling = CellProgram(
        nodes: [.input, .linear(AffineMap([[2], [0]], offset: [0, 5]), of: 0)], initial: [],
        output: 1)
    }
    guard case .rejected(.link(.source, _, _, .step, _, _)) = twice else {
      Issue.record("\(twice)")
      return
    }
  }

  @Test("Links and reads of what is not there are rejected")
  func nothing() {
    let read = Certificate.Coordinate(node: 2, place: 0)
    #expect(
      Self.changed { $0.targetReads = [read] }
        == .rejected(.readsNothing(.target, place: 0, read)))
    #expect(
      Self.changed { $0.sourceLinks = [[], [0, 0, 1, nil]] }
        == .rejected(.moreLinksThanMemory(.source, node: 1, links: 4, remembered: 3)))
    #expect(
      Self.changed { $0.sourceLinks = [[], [nil, 2]] }
        == .rejected(
          .linkToNothing(.source, .init(node: 1, place: 1), output: 2, outputs: 2)))
  }

  @Test("All that is wrong is told, if asked for")
  func rejections() throws {
    var certificate = Self.certificate
    certificate.sourceBounds = [[], [Interval(0, nil), .everything, Interval(0, 4)]]
    certificate.links = [[], [1]]
    let rejections = try certificate.rejections()
    #expect(rejections.count > 3)
    #expect(certificate.judged() == .rejected(rejections[0]))
  }
}
