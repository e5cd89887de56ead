import ExactArithmetic
import LSRL

/// A path in binary64 whose weights can be disturbed: what the authors call the model.
///
/// The order of operations is that of `Tape`: a row starts at its offset, then A's columns, then
/// B's; multiply, then add.
struct DisturbedPath: Sendable {
  fileprivate enum Step: Sendable {
    case affine(Rows)
    case relu
    case multiply

    /// A's columns read the old state, those from `split` on the input.
    case state(Rows, dimension: Int, slot: Int)
  }

  /// Rows of stored weights, end to end.
  fileprivate struct Rows: Sendable {
    init() {}

    var starts = [0]
    var columns: [Int] = []
    var weights: [Double] = []
    var offsets: [Double] = []

    mutating func append(_ entries: [(column: Int, weight: Double)], offset: Double) {
      for entry in entries {
        columns.append(entry.column)
        weights.append(entry.weight)
      }
      starts.append(columns.count)
      offsets.append(offset)
    }
  }

  private var steps: [Step] = []

  /// Before the first token; never disturbed.
  let initialStates: [[Double]]

  init(_ path: PathGraph) {
    var initial: [[Double]] = []
    for step in path.steps {
      switch step.operation {
      case .linear(let map):
        var rows = Rows()
        for (index, row) in map.matrix.rows.enumerated() {
          rows.append(
            row.map { ($0.column, Double(nearest: $0.value)) },
            offset: Double(nearest: map.offset[index]))
        }
        steps.append(.affine(rows))
      case .linState(let state):
        steps.append(
          .state(Rows(state), dimension: state.dimension, slot: initial.count))
        initial.append(state.initial.map(Double.init(nearest:)))
      case .relu: steps.append(.relu)
      case .multiply: steps.append(.multiply)
      case .input, .slice, .concat: preconditionFailure("no step of a path")
      }
    }
    initialStates = initial
  }

  /// The same with independent noise of standard deviation `level` on every number of every A, B
  /// and b that is not zero.
  func disturbed(
    by level: Double, _ noise: inout Gaussian<some RandomNumberGenerator>
  ) -> DisturbedPath {
    var path = self
    func add(to rows: inout Rows) {
      for index in rows.weights.indices { rows.weights[index] += level * noise.next() }
      for index in rows.offsets.indices where rows.offsets[index] != 0 {
        rows.offsets[index] += level * noise.next()
      }
    }
    for index in path.steps.indices {
      switch path.steps[index] {
      case .affine(var rows):
        add(to: &rows)
        path.steps[index] = .affine(rows)
      case .state(var rows, let dimension, let slot):
        add(to: &rows)
        path.steps[index] = .state(rows, dimension: dimension, slot: slot)
      case .relu, .multiply: continue
      }
    }
    return path
  }

  /// The output for one token, and the states after it.
  func step(_ token: [Double], from states: [[Double]]) -> (output: [Double], states: [[Double]]) {
    var after = states
    var value = token
    for step in steps {
      switch step {
      case .affine(let rows): value = rows.applied(to: value)
      case .relu: for index in value.indices { value[index] = value[index].positivePart }
      case .multiply:
        let half = value.count / 2
        value = (0..<half).map { value[$0] * value[half + $0] }
      case .state(let rows, _, let slot):
        value = rows.applied(to: states[slot] + value)
        after[slot] = value
      }
    }
    return (value, after)
  }
}

extension DisturbedPath.Rows {
  /// [A | B] and b.
  fileprivate init(_ state: LinState) {
    for (index, offset) in state.input.offset.enumerated() {
      let old = state.recurrence.row(index).map { ($0.column, Double(nearest: $0.value)) }
      let new = state.input.matrix.row(index).map {
        (state.dimension + $0.column, Double(nearest: $0.value))
      }
      append(old + new, offset: Double(nearest: offset))
    }
  }

  fileprivate func applied(to vector: [Double]) -> [Double] {
    vector.withUnsafeBufferPointer { vector in
      weights.withUnsafeBufferPointer { weights in
        offsets.indices.map { row in
          var sum = offsets[row]
          for place in starts[row]..<starts[row + 1] {
            sum += weights[place] * vector[columns[place]]
          }
          return sum
        }
      }
    }
  }
}
