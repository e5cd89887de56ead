import Certificates
import ExactArithmetic

/// Which remembered numbers of a program can reach its output, coordinate by coordinate.
///
/// A number reaches nothing through a weight that is zero, or a product whose other factor is
/// always zero, as in gates that are shut for good.
struct Relevance {
  /// By node and coordinate: whether the value one step before matters.
  private(set) var remembered: [[Bool]]

  /// By node and coordinate: whether the value matters within the step.
  private(set) var computed: [[Bool]]

  private let program: CellProgram
  private let constants: [[Rational?]]

  /// Whether what matters of a step before is looked at, too.
  private let looksBack: Bool

  init(of program: CellProgram, dimensions: [Int]) {
    self.init(
      of: program, dimensions: dimensions,
      Relevance.constants(of: program, dimensions), looksBack: true)
    mark((0..<dimensions[program.output]).map { (program.output, $0) }, dimensions)
  }

  /// What reaches these values, within one step.
  init(to values: [Certificate.Coordinate], of program: CellProgram, dimensions: [Int]) {
    self.init(
      of: program, dimensions: dimensions,
      Relevance.constants(of: program, dimensions), looksBack: false)
    mark(values.map { ($0.node, $0.place) }, dimensions)
  }

  private init(
    of program: CellProgram, dimensions: [Int], _ constants: [[Rational?]], looksBack: Bool
  ) {
    self.program = program
    self.constants = constants
    self.looksBack = looksBack
    computed = dimensions.map { Array(repeating: false, count: $0) }
    remembered = computed
  }

  private mutating func mark(_ values: [(node: Int, place: Int)], _ dimensions: [Int]) {
    var waiting: [(node: Int, place: Int)] = []
    for (node, place) in values { reach(node, place, &waiting) }
    while let (node, place) = waiting.popLast() { follow(node, place, dimensions, &waiting) }
  }

  private mutating func reach(
    _ node: Int, _ place: Int, _ waiting: inout [(node: Int, place: Int)]
  ) {
    guard constants[node][place] == nil, !computed[node][place] else { return }
    computed[node][place] = true
    waiting.append((node, place))
  }

  private mutating func remember(
    _ node: Int, _ place: Int, _ waiting: inout [(node: Int, place: Int)]
  ) {
    remembered[node][place] = true
    if looksBack { reach(node, place, &waiting) }
  }

  private mutating func follow(
    _ node: Int, _ place: Int, _ dimensions: [Int], _ waiting: inout [(node: Int, place: Int)]
  ) {
    switch program.nodes[node] {
    case .input: return
    case .linear(let map, let source):
      for entry in map.matrix.row(place) { reach(source, entry.column, &waiting) }
    case .relu(let source): reach(source, place, &waiting)
    case .state(let recurrence, let input, let source):
      for entry in input.matrix.row(place) { reach(source, entry.column, &waiting) }
      for entry in recurrence.row(place) { remember(node, entry.column, &waiting) }
    case .previous(let source): remember(source, place, &waiting)
    case .concat(let sources):
      var place = place
      for source in sources {
        if place < dimensions[source] { return reach(source, place, &waiting) }
        place -= dimensions[source]
      }
    case .multiply(let source):
      reach(source, place, &waiting)
      reach(source, place + dimensions[node], &waiting)
    }
  }
}

extension Relevance {
  /// By node and coordinate the number that the value always is, in every step; nil if it may
  /// change, or is not seen not to.
  private static func constants(
    of program: CellProgram, _ dimensions: [Int]
  ) -> [[Rational?]] {
    var constants: [[Rational?]] = []
    for (node, dimension) in zip(program.nodes, dimensions) {
      switch node {
      // What is remembered may be constant, but that is a claim which must be linked.
      case .input, .state, .previous: constants.append(Array(repeating: nil, count: dimension))
      case .linear(let map, let source): constants.append(map.constants(of: constants[source]))
      case .relu(let source): constants.append(constants[source].map { $0?.positivePart })
      case .concat(let sources): constants.append(sources.flatMap { constants[$0] })
      case .multiply(let source):
        let factors = constants[source]
        constants.append(
          (0..<dimension).map { place in
            let (left, right) = (factors[place], factors[dimension + place])
            if left == 0 || right == 0 { return 0 }
            guard let left, let right else { return nil }
            return left * right
          })
      }
    }
    return constants
  }
}

extension AffineMap {
  fileprivate func constants(of inputs: [Rational?]) -> [Rational?] {
    (0..<outputDimension).map { index in
      var sum = offset[index]
      for entry in matrix.row(index) {
        guard let value = inputs[entry.column] else { return nil }
        sum += entry.value * value
      }
      return sum
    }
  }
}
