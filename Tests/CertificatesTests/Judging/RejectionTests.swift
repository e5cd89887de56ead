import Certificates
import ExactArithmetic
import Testing

@Suite("The judge rejects")
struct RejectionTests {
  private static func rejection(_ certificate: Certificate) -> Rejection? {
    if case .rejected(let rejection) = certificate.judged() { rejection } else { nil }
  }

  private static func change(_ change: (inout Certificate) -> Void) -> Certificate {
    var certificate = Example.pair
    change(&certificate)
    return certificate
  }

  // MARK: - Form

  /// Programs of one input number, each with what is wrong with it.
  private static let malformed: [(CellProgram, Malformation)] = [
    (
      CellProgram(nodes: [.relu(of: 0), .input], initial: [], output: 1),
      Malformation(node: 0, .readsNoEarlierNode(0))
    ),
    (
      CellProgram(nodes: [.input, .concat([0, -1])], initial: [], output: 1),
      Malformation(node: 1, .readsNoEarlierNode(-1))
    ),
    (
      CellProgram(nodes: [.input, .linear(.identity(2), of: 0)], initial: [], output: 1),
      Malformation(node: 1, .mapOfOtherDimension(map: 2, node: 1))
    ),
    (
      CellProgram(nodes: [.input, .multiply(of: 0)], initial: [], output: 1),
      Malformation(node: 1, .oddProduct(1))
    ),
    (
      CellProgram(
        nodes: [.input, .state(recurrence: .identity(2), input: .identity(1), of: 0)],
        initial: [[], [0]], output: 1),
      Malformation(node: 1, .recurrenceOfOtherDimension(rows: 2, columns: 2, state: 1))
    ),
    (
      CellProgram(
        nodes: [.input, .state(recurrence: .identity(1), input: .identity(1), of: 0)],
        initial: [], output: 1),
      Malformation(node: 1, .nothingRemembered(of: 1))
    ),
    (
      CellProgram(nodes: [.input, .previous(of: 0)], initial: [[]], output: 1),
      Malformation(node: 1, .nothingRemembered(of: 0))
    ),
    (
      CellProgram(nodes: [.input, .previous(of: 7)], initial: [[1]], output: 1),
      Malformation(node: 1, .nothingRemembered(of: 7))
    ),
    (
      CellProgram(nodes: [.input], initial: [[1, 2]], output: 0),
      Malformation(node: 0, .initialValueOfOtherDimension(initial: 2, node: 1))
    ),
    (
      CellProgram(nodes: [.input], initial: [[], []], output: 0),
      Malformation(node: nil, .moreInitialValuesThanNodes(2))
    ),
    (
      CellProgram(nodes: [.input], initial: [], output: 1), Malformation(node: nil, .noOutput(1))
    ),
    (
      CellProgram(
        nodes: [.input] + (0..<80).map { .concat([$0, $0]) }, initial: [], output: 80),
      Malformation(node: 63, .tooWide)
    ),
  ]

  @Test("Source, target and coupling programs that read what is not there", arguments: 0..<12)
  func malformed(index: Int) {
    let (program, malformation) = Self.malformed[index]
    let good = Example.withoutMemory(Example.passing, Example.passing)
    #expect(good.judged().isAccepted)
    var (inSource, inTarget, inCoupling) = (good, good, good)
    inSource.source = program
    inTarget.target = program
    inCoupling.source = Example.oneSided.source
    inCoupling.reads = [.init(node: 1, place: 0)]
    inCoupling.coupling = program
    #expect(Self.rejection(inSource) == .malformed(.source, malformation))
    #expect(Self.rejection(inTarget) == .malformed(.target, malformation))
    #expect(Self.rejection(inCoupling) == .malformed(.coupling, malformation))
    #expect(throws: CellProgramError.malformed(malformation)) { try program.run([[1]]) }
    #expect(throws: malformation) { try program.unrolled(steps: 2, reading: 1) }
  }

  @Test("A coupling program with a memory")
  func couplingRemembers() {
    let certificate = Self.change {
      $0.coupling = CellProgram(
        nodes: [.input, .state(recurrence: .identity(2), input: .identity(2), of: 0)],
        initial: [[], [0, 0]], output: 1)
    }
    #expect(Self.rejection(certificate) == .couplingRemembers(node: 1))
  }

  @Test("A coupling program that reads what is not remembered")
  func readsNothing() {
    for coordinate in [
      Certificate.Coordinate(node: 1, place: 2), .init(node: 0, place: 0),
      .init(node: 9, place: 0), .init(node: 1, place: -1),
    ] {
      let certificate = Self.change { $0.reads[1] = coordinate }
      #expect(Self.rejection(certificate) == .readsNothing(.source, place: 1, coordinate))
    }
  }

  @Test("Links of what is not remembered, and to what is not there")
  func links() {
    let long = Self.change { $0.links[4].append(nil) }
    #expect(Self.rejection(long) == .moreLinksThanMemory(.target, node: 4, links: 5, remembered: 4))
    let beyond = Self.change { $0.links += [[], [], [], [nil]] }
    #expect(
      Self.rejection(beyond) == .moreLinksThanMemory(.target, node: 8, links: 1, remembered: 0))
    let nothing = Self.change { $0.links[4][2] = 4 }
    #expect(
      Self.rejection(nothing)
        == .linkToNothing(.target, .init(node: 4, place: 2), output: 4, outputs: 4))
  }

  @Test("Bounds of what is not remembered")
  func boundsOfNothing() {
    let source = Self.change { $0.sourceBounds = [[.everything]] }
    #expect(
      Self.rejection(source)
        == .moreBoundsThanMemory(.source, node: 0, bounds: 1, remembered: 0))
    let target = Self.change {
      $0.targetBounds = [[], [], [], [], Array(repeating: .everything, count: 5)]
    }
    #expect(
      Self.rejection(target)
        == .moreBoundsThanMemory(.target, node: 4, bounds: 5, remembered: 4))
  }

  // MARK: - Claims

  @Test("A link that is wrong before the first step, by a billionth")
  func linkAtStart() throws {
    let certificate = Self.change {
      let wrong = Rational(1, 5) + Rational(1, 1_000_000_000)
      $0.target = CellProgram(
        nodes: $0.target.nodes, initial: [[], [], [], [], [wrong, 0, 0, 1], [], []], output: 6)
    }
    #expect(
      Self.rejection(certificate)
        == .link(
          .target, .init(node: 4, place: 0), output: 0, .start, found: "200000001/1000000000",
          expected: "1/5"))
  }

  @Test("A link that a step breaks, by a billionth")
  func linkAfterStep() throws {
    let certificate = Self.change {
      var nodes = $0.target.nodes
      guard case .linear(let map, let source) = nodes[3] else { return }
      var offset = map.offset
      offset[1] += Rational(1, 1_000_000_000)
      nodes[3] = .linear(AffineMap(map.matrix, offset: offset), of: source)
      $0.target = CellProgram(nodes: nodes, initial: $0.target.initial, output: 6)
    }
    guard
      case .link(.target, let coordinate, let output, .step, let found, let expected)? =
        Self.rejection(certificate)
    else {
      Issue.record("\(certificate.judged())")
      return
    }
    #expect(coordinate == .init(node: 4, place: 1) && output == 1)
    #expect(expected.contains("relu(") && found.contains("relu(") && found != expected)
  }

  @Test("A state without a claim")
  func noClaim() {
    let rejection = Self.rejection(Self.change { $0.links = [] })
    guard case .output(0, _, let target, let difference)? = rejection else {
      Issue.record("\(String(describing: rejection))")
      return
    }
    #expect(target.contains("tgt[4.0]") && difference.contains("relu("))
  }

  @Test("Outputs that differ")
  func outputs() {
    let double = CellProgram(
      nodes: [.input, .linear(AffineMap([[2, 0], [0, 1]], offset: [0, -1]), of: 0)], initial: [],
      output: 1)
    let certificate = Example.withoutMemory(Example.passing, double, inputs: 2)
    #expect(
      Self.rejection(certificate)
        == .output(place: 0, source: "in[0]", target: "2 in[0]", difference: "-in[0]"))
    #expect(
      certificate.judged().description
        == "rejected: output 0: the source has in[0], the target 2 in[0], the difference is -in[0]")
    let fewer = Example.withoutMemory(
      Example.passing, Example.sum([1], of: [[1, 1]]), inputs: 2)
    #expect(Self.rejection(fewer) == .outputDimensions(source: 2, target: 1))
  }

  // MARK: - Bounds

  @Test("A bound that does not hold before the first step")
  func boundAtStart() {
    var certificate = Example.oneSided
    certificate.sourceBounds = [[], [Interval(2, nil)]]
    #expect(
      Self.rejection(certificate)
        == .bound(
          .source, .init(node: 1, place: 0), .start, claimed: Interval(2, nil), value: "1",
          known: "[1, ?]"))
  }

  @Test("A bound that a step does not keep")
  func boundAfterStep() {
    var certificate = Example.oneSided
    certificate.sourceBounds = [[], [Interval(0, 1)]]
    #expect(
      Self.rejection(certificate)
        == .bound(
          .source, .init(node: 1, place: 0), .step, claimed: Interval(0, 1),
          value: "in[0] + 1/2 src[1.0]", known: "[0, ?]"))
    // With x at most 1, s stays at most 2.
    certificate.inputBounds = [Interval(0, 1)]
    #expect(Self.rejection(certificate) != nil)
    certificate.sourceBounds = [[], [Interval(0, 2)]]
    #expect(certificate.judged().isAccepted)
    certificate.inputBounds = [Interval(0, Rational(1_000_000_001, 1_000_000_000))]
    #expect(Self.rejection(certificate) != nil)
  }

  @Test("A product in a GRU without the bounds that it needs")
  func products() throws {
    #expect(Self.rejection(try Example.boundedProduct(upTo: Rational(31, 10))) != nil)
    for make in [{ try Example.boundedProduct() }, { try Example.accumulatingProduct() }] {
      let good = try make()
      var certificate = good
      certificate.targetBounds = []
      #expect(Self.rejection(certificate) != nil)
      for place in 0..<2 {
        certificate = good
        certificate.inputBounds[place] = Interval(nil, good.inputBounds[place].upper)
        #expect(Self.rejection(certificate) != nil)
      }
    }
  }

  @Test("A bound of the target that a step does not keep")
  func targetBound() throws {
    var certificate = try Example.accumulatingProduct()
    certificate.targetBounds = certificate.targetBounds.map { $0.map { _ in Interval(0, 9) } }
    guard case .bound(.target, _, .step, Interval(0, 9), _, _)? = Self.rejection(certificate)
    else {
      Issue.record("\(certificate.judged())")
      return
    }
  }
}
