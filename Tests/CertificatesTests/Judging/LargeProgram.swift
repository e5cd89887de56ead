import Certificates
import ExactArithmetic

extension Example {
  /// A program of `count` nodes in the manner of real ones, for tokens of 2 numbers: vectors of up
  /// to 3 numbers, two or three entries to a row, weights mostly 1 and −1, each node reading one or
  /// two of the last 40.
  static func large(nodes count: Int, seed: Int) -> CellProgram {
    var dice = Dice(seed: seed)
    var nodes: [CellProgram.Node] = [.input]
    var initial: [[Rational]] = [[]]
    var dimensions = [2]
    func append(_ node: CellProgram.Node, _ dimension: Int, _ value: [Rational] = []) {
      nodes.append(node)
      initial.append(value)
      dimensions.append(dimension)
    }
    func row(_ columns: Int) -> [Rational] {
      var row = [Rational](repeating: 0, count: columns)
      for _ in 0..<2 {
        row[dice.roll(0...columns - 1)] = dice.pick([1, 1, 1, -1, -1, 2, Rational(1, 2)])
      }
      return row
    }
    func map(_ columns: Int, to rows: Int) -> AffineMap {
      AffineMap(
        Matrix(dense: (0..<rows).map { _ in row(columns) }),
        offset: (0..<rows).map { _ in Rational(dice.roll(-1...1)) })
    }
    while nodes.count < count - 1 {
      let source = dice.roll(max(0, nodes.count - 40)...nodes.count - 1)
      let size = dice.roll(1...3)
      switch dice.roll(0...9) {
      case 0...2: append(.relu(of: source), dimensions[source])
      case 3:
        let value = dice.vector(size)
        append(
          .state(
            recurrence: Matrix(dense: (0..<size).map { _ in row(size) }),
            input: map(dimensions[source], to: size), of: source),
          size, value)
      case 4 where dimensions[source] == 2: append(.multiply(of: source), 1)
      case 5, 6:
        let other = dice.roll(max(0, nodes.count - 40)...nodes.count - 1)
        append(.concat([source, other]), dimensions[source] + dimensions[other])
      default: append(.linear(map(dimensions[source], to: size), of: source), size)
      }
    }
    let last = Array((nodes.count - 20)..<nodes.count)
    append(.concat(last), last.reduce(0) { $0 + dimensions[$1] })
    return CellProgram(nodes: nodes, initial: initial, output: nodes.count - 1)
  }

  /// The program against itself, linked coordinate by coordinate.
  static func itself(_ program: CellProgram, inputs: Int) -> Certificate {
    let reads = program.initial.indices.flatMap { node in
      program.initial[node].indices.map { Certificate.Coordinate(node: node, place: $0) }
    }
    var next = 0
    let links = program.initial.map { value in
      value.map { _ -> Int? in
        next += 1
        return next - 1
      }
    }
    return Certificate(
      inputBounds: Array(repeating: .everything, count: inputs), source: program,
      target: program, reads: reads, coupling: passing, links: links)
  }
}
