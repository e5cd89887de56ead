import Certificates
import ExactArithmetic

/// A certificate found by looking at some runs: what looks equal is claimed; where the judge refuses
/// a claim, the next one that looks as good takes its place. Enough to put real programs before the
/// judge.
struct Matching {
  private(set) var certificate: Certificate

  /// By the target's coordinate: further outputs of the coupling program that look equal.
  private var spare: [Certificate.Coordinate: [Int]] = [:]

  static func certificate(
    _ source: CellProgram, _ target: CellProgram, inputs: [Interval], on runs: [[[Rational]]]
  ) throws -> Certificate {
    var matching = try Matching(source, target, inputs: inputs, on: runs)
    for _ in 0..<400 {
      guard case .rejected(let rejection) = matching.certificate.judged(),
        matching.drop(rejection)
      else { break }
    }
    return matching.certificate
  }

  private init(
    _ source: CellProgram, _ target: CellProgram, inputs: [Interval], on runs: [[[Rational]]]
  ) throws {
    let reads = source.remembered
    let sourceRun = try runs.flatMap { try source.memories(on: $0) }
    let targetRun = try runs.flatMap { try target.memories(on: $0) }
    certificate = Certificate(
      inputBounds: inputs, source: source, target: target, reads: reads,
      coupling: Matching.coupling(reads.count), links: target.initial.map { $0.map { _ in nil } },
      sourceBounds: source.initial.map { $0.map { _ in .everything } },
      targetBounds: target.initial.map { $0.map { _ in .everything } })
    var outputs: [[Rational]: [Int]] = [:]
    for (output, values) in Matching.couplingValues(sourceRun).enumerated() {
      outputs[values, default: []].append(output)
    }
    for (column, coordinate) in reads.enumerated()
    where sourceRun.allSatisfy({ $0[column] >= 0 }) {
      certificate.sourceBounds[coordinate.node][coordinate.place] = .nonnegative
    }
    for (column, coordinate) in target.remembered.enumerated() {
      let values = targetRun.map { $0[column] }
      // Constants first, which stand last.
      spare[coordinate] = outputs[values]?.reversed() ?? []
      link(coordinate)
      if values.allSatisfy({ $0 >= 0 }) {
        certificate.targetBounds[coordinate.node][coordinate.place] = .nonnegative
      }
    }
  }

  private mutating func link(_ coordinate: Certificate.Coordinate) {
    let next = spare[coordinate]?.first
    certificate.links[coordinate.node][coordinate.place] = next
    if next != nil { spare[coordinate]?.removeFirst() }
  }

  /// Drops the claim that the judge refuses; false if it is none that can be dropped.
  private mutating func drop(_ rejection: Rejection) -> Bool {
    switch rejection {
    case .link(_, let coordinate, _, _, _, _): link(coordinate)
    case .bound(.source, let coordinate, _, _, _, _):
      certificate.sourceBounds[coordinate.node][coordinate.place] = .everything
    case .bound(.target, let coordinate, _, _, _, _):
      certificate.targetBounds[coordinate.node][coordinate.place] = .everything
    default: return false
    }
    return true
  }

  /// x ↦ [x; ReLU(x); ReLU(−x); 0; 1].
  private static func coupling(_ size: Int) -> CellProgram {
    CellProgram(
      nodes: [
        .input, .linear(AffineMap(.stacked([.identity(size), -.identity(size)])), of: 0),
        .relu(of: 1), .linear(AffineMap(.zero(2, size), offset: [0, 1]), of: 0),
        .concat([0, 2, 3]),
      ],
      initial: [], output: 4)
  }

  /// The same, by output and step.
  private static func couplingValues(_ run: [[Rational]]) -> [[Rational]] {
    let columns = (run.first ?? []).indices.map { column in run.map { $0[column] } }
    return columns + columns.map { $0.map(\.positivePart) }
      + columns.map { $0.map { (-$0).positivePart } }
      + [run.map { _ in 0 }, run.map { _ in 1 }]
  }
}

extension CellProgram {
  fileprivate var remembered: [Certificate.Coordinate] {
    initial.indices.flatMap { node in
      initial[node].indices.map { Certificate.Coordinate(node: node, place: $0) }
    }
  }

  /// All that is remembered, before the first step and after each.
  fileprivate func memories(on tokens: [[Rational]]) throws -> [[Rational]] {
    let kept = initial.indices.filter { !initial[$0].isEmpty }
    let watched = CellProgram(
      nodes: nodes + [.concat(kept)], initial: initial, output: nodes.count)
    return try [initial.flatMap(\.self)] + watched.run(tokens)
  }
}
