import Certificates
import ExactArithmetic

/// A program that is run at a glance: the same values as `CellProgram.values(reading:after:)`, each
/// a `Glimpse`, those of all nodes in one array.
struct GlimpsedProgram {
  /// By node, where its values begin; one more for the end.
  let starts: [Int]

  /// All values before the first step; zeros where nothing is remembered.
  let initial: [Glimpse]

  private enum Node {
    case input
    case linear(Map, of: Int)
    case relu(of: Int)
    case state(recurrence: Map, input: Map, of: Int)
    case previous(of: Int)
    case concat([Int])
    case multiply(of: Int)
  }

  /// x ↦ A x + b by rows.
  private struct Map {
    var offset: [Glimpse] = []
    var rowStarts = [0]
    var columns: [Int] = []
    var weights: [Glimpse] = []
  }

  private let nodes: [Node]

  /// Precondition: `dimensions` are those of the program.
  init(_ program: CellProgram, dimensions: [Int]) {
    // Few of a program's numbers are different, and fractions take long to look at.
    var known: [Rational: Glimpse] = [:]
    func glimpse(_ number: Rational) -> Glimpse {
      if let glimpse = known[number] { return glimpse }
      let glimpse = Glimpse(number)
      known[number] = glimpse
      return glimpse
    }
    func map(_ matrix: Matrix, _ offset: [Rational]) -> Map {
      var map = Map(offset: offset.map(glimpse))
      for row in matrix.rows {
        for entry in row {
          map.columns.append(entry.column)
          map.weights.append(glimpse(entry.value))
        }
        map.rowStarts.append(map.columns.count)
      }
      return map
    }
    var starts = [0]
    for dimension in dimensions { starts.append(starts[starts.count - 1] + dimension) }
    var initial = [Glimpse](repeating: .zero, count: starts[starts.count - 1])
    for node in program.nodes.indices {
      for (place, value) in program.initialValue(of: node).enumerated() {
        initial[starts[node] + place] = glimpse(value)
      }
    }
    nodes = program.nodes.map { node in
      switch node {
      case .input: .input
      case .linear(let affine, let source):
        .linear(map(affine.matrix, affine.offset), of: source)
      case .relu(let source): .relu(of: source)
      case .state(let recurrence, let input, let source):
        .state(
          recurrence: map(recurrence, []), input: map(input.matrix, input.offset), of: source)
      case .previous(let source): .previous(of: source)
      case .concat(let sources): .concat(sources)
      case .multiply(let source): .multiply(of: source)
      }
    }
    self.starts = starts
    self.initial = initial
  }

  /// How far a step could be followed.
  enum Sight {
    case clear

    /// The sign of a ReLU's argument is not seen.
    case unclear

    /// A number is too large for a float.
    case far
  }

  /// One step. If it is not clear, `values` are of no use.
  func step(
    reading token: [Glimpse], after previous: [Glimpse], into values: inout [Glimpse]
  ) -> Sight {
    values.withUnsafeMutableBufferPointer { values in
      previous.withUnsafeBufferPointer { previous in
        for (position, node) in nodes.enumerated() {
          let sight = write(node, at: position, token, previous, values)
          guard sight == .clear else { return sight }
        }
        return .clear
      }
    }
  }

  private func write(
    _ node: Node, at position: Int, _ token: [Glimpse],
    _ previous: UnsafeBufferPointer<Glimpse>, _ values: UnsafeMutableBufferPointer<Glimpse>
  ) -> Sight {
    let place = starts[position]
    let count = starts[position + 1] - place
    switch node {
    case .input:
      for index in 0..<count { values[place + index] = token[index] }
    case .linear(let map, let source):
      for index in 0..<count {
        values[place + index] = map.offset[index]
        add(
          map, index, UnsafeBufferPointer(values), from: starts[source], to: &values[place + index])
        guard settle(&values[place + index]) else { return .far }
      }
    case .relu(let source):
      for index in 0..<count {
        let argument = values[starts[source] + index]
        guard let sign = argument.signum else { return .unclear }
        values[place + index] = sign > 0 ? argument : .zero
      }
    case .state(let recurrence, let input, let source):
      for index in 0..<count {
        values[place + index] = input.offset[index]
        add(
          input, index, UnsafeBufferPointer(values), from: starts[source],
          to: &values[place + index])
        add(recurrence, index, previous, from: place, to: &values[place + index])
        guard settle(&values[place + index]) else { return .far }
      }
    case .previous(let source):
      for index in 0..<count { values[place + index] = previous[starts[source] + index] }
    case .concat(let sources):
      var place = place
      for source in sources {
        for index in starts[source]..<starts[source + 1] {
          values[place] = values[index]
          place += 1
        }
      }
    case .multiply(let source):
      let factors = starts[source]
      for index in 0..<count {
        values[place + index] = values[factors + index] * values[factors + count + index]
        guard settle(&values[place + index]) else { return .far }
      }
    }
    return .clear
  }

  @inline(__always)
  private func add(
    _ map: Map, _ row: Int, _ vector: UnsafeBufferPointer<Glimpse>, from start: Int,
    to sum: inout Glimpse
  ) {
    var result = sum
    for position in map.rowStarts[row]..<map.rowStarts[row + 1] {
      result.add(map.weights[position], times: vector[start + map.columns[position]])
    }
    sum = result
  }

  /// Zeros are seen exactly, so errors do not stay where everything cancels out. False if the value
  /// is too large.
  @inline(__always)
  private func settle(_ value: inout Glimpse) -> Bool {
    if value.residue == .zero, value.value.magnitude <= value.error { value = .zero }
    return !value.isFar
  }
}
