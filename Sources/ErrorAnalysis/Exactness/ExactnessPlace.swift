/// A number of a run that must be a float: where it comes about.
public struct ExactnessPlace: Hashable, Sendable {
  public enum Part: Hashable, Sendable {
    /// A coordinate of a token.
    case input(coordinate: Int)

    /// A coordinate of the initial state in a slot.
    case initialState(slot: Int, coordinate: Int)

    /// The number that a row's sum starts from.
    case offset(row: Int)

    /// A weight; columns of an update count those of A, then those of B.
    case weight(row: Int, column: Int)

    /// A weight times what it is applied to.
    case product(row: Int, column: Int)

    /// A row's sum once this column's product is added.
    case sum(row: Int, column: Int)

    /// A coordinate of a product of two vectors.
    case factor(coordinate: Int)
  }

  /// Counted from 0; nil for what is the same at every step.
  public let step: Int?

  /// Counted from 0 in the tape; nil for tokens and initial states.
  public let instruction: Int?
  public let part: Part

  public init(step: Int?, instruction: Int?, part: Part) {
    self.step = step
    self.instruction = instruction
    self.part = part
  }
}

extension ExactnessPlace: CustomStringConvertible {
  /// `step 3, instruction 12, row 4: the sum with column 7`
  public var description: String {
    var words: [String] = []
    if let step { words.append("step \(step)") }
    if let instruction { words.append("instruction \(instruction)") }
    switch part {
    case .input(let coordinate): words.append("input coordinate \(coordinate)")
    case .initialState(let slot, let coordinate):
      words.append("initial state in slot \(slot), coordinate \(coordinate)")
    case .offset(let row): words.append("row \(row): the offset")
    case .weight(let row, let column): words.append("row \(row): the weight of column \(column)")
    case .product(let row, let column):
      words.append("row \(row): the product of column \(column)")
    case .sum(let row, let column): words.append("row \(row): the sum with column \(column)")
    case .factor(let coordinate): words.append("coordinate \(coordinate): the product")
    }
    return words.joined(separator: ", ")
  }
}
