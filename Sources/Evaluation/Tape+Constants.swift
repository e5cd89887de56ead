import ExactArithmetic

extension Tape {
  /// The same tape without powers and roots among its constants; nil if one of them is irrational,
  /// or comes out otherwise in binary64 or binary32 than its exact value rounded. Bounds on
  /// rounding errors are for such tapes: they know numbers, not how libraries compute powers.
  public var withPlainConstants: Tape? {
    var plain: [Instruction] = []
    for instruction in instructions {
      guard case .constant(let constants, let slot) = instruction else {
        plain.append(instruction)
        continue
      }
      let numbers = constants.compactMap(\.plain)
      guard numbers.count == constants.count else { return nil }
      plain.append(.constant(numbers.map(Constant.number), slot: slot))
    }
    return Tape(
      inputDimension: inputDimension, inputSlot: inputSlot, instructions: plain, states: states,
      output: output, slotSizes: slotSizes, needsFiniteWeights: needsFiniteWeights)
  }
}

extension Tape {
  /// The first instruction that has a constant which is a power or a root.
  public var firstSpecialConstant: Int? {
    instructions.firstIndex { instruction in
      guard case .constant(let constants, _) = instruction else { return false }
      return constants.contains { constant in
        if case .number = constant { return false }
        return true
      }
    }
  }
}

extension Tape.Constant {
  /// Precondition: it is a number, as all are in `Tape.withPlainConstants`.
  public var number: Rational {
    guard case .number(let number) = self else {
      preconditionFailure("a constant that is not plain: \(self)")
    }
    return number
  }

  /// The number that it is, if every engine's value is that number rounded.
  fileprivate var plain: Rational? {
    if case .number(let number) = self { return number }
    guard let exact = value(in: Rational.self),
      value(in: Double.self) == Double(nearest: exact),
      value(in: Float.self) == Float(nearest: exact)
    else { return nil }
    return exact
  }
}
