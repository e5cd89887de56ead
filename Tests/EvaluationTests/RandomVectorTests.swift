import ExactArithmetic
import PropertyTesting
import Testing

@testable import Evaluation

@Suite("Integer vectors and maps, at random sizes")
struct RandomVectorTests {
  /// Of up to `bits` bits, with long runs of ones and zeros, where carries travel.
  private static func integer(_ random: inout SplitMix64, bits: Int) -> Rational {
    let width = Int(random.next() % UInt64(bits)) + 1
    var value: Rational = 0
    var done = 0
    while done < width {
      let run = min(Int(random.next() % 40) + 1, width - done)
      let ones = random.next() % 2 == 0 ? Rational(2).raised(to: UInt(run)) - 1 : 0
      value = value * Rational(2).raised(to: UInt(run)) + ones
      done += run
    }
    return random.next() % 2 == 0 ? value : -value
  }

  private static func number(_ random: inout SplitMix64, bits: Int) -> Rational {
    let numerator = integer(&random, bits: bits)
    guard random.next() % 3 == 0 else { return numerator }
    let denominator = integer(&random, bits: bits)
    return denominator == 0 ? numerator : numerator / denominator
  }

  private static func vector(_ random: inout SplitMix64, _ count: Int, bits: Int) -> [Rational] {
    (0..<count).map { _ in number(&random, bits: bits) }
  }

  @Test("What goes in comes out, measured to the bit", arguments: [8, 64, 130, 700])
  func roundTrip(bits: Int) {
    var random = SplitMix64(seed: 5, trial: bits)
    let scratch = BigInteger()
    for _ in 0..<500 {
      let values = Self.vector(&random, 1 + Int(random.next() % 4), bits: bits)
      let vector = IntegerVector(values)
      #expect(values.indices.map { vector.value(at: $0, scratch: scratch) } == values)
      let copy = IntegerVector()
      copy.copy(vector)
      copy.reduce()
      #expect(values.indices.map { copy.value(at: $0, scratch: scratch) } == values)
      let largest = values.map { $0 * vector.denominatorForTests }.map {
        $0.signum < 0 ? -$0 - 1 : $0
      }.max() ?? 0
      #expect(vector.bits == (largest == 0 ? 0 : largest.bitCount - 1))
    }
  }

  @Test("Maps of random weights on random values", arguments: [10, 40, 63, 64, 100, 300, 1_000])
  func maps(bits: Int) throws {
    var random = SplitMix64(seed: 6, trial: bits)
    let scratch = BigInteger()
    for round in 0..<300 {
      let columns = 1 + round % 4
      let weightBits = [5, 30, 63, 64, 90, 250][Int(random.next() % 6)]
      let matrix = Matrix(
        dense: (0..<3).map { _ in Self.vector(&random, columns, bits: weightBits) })
      let offset = Self.vector(&random, 3, bits: bits)
      let left = Self.vector(&random, columns, bits: bits)
      let right = Self.vector(&random, columns, bits: 1 + bits / 2)
      let map = IntegerMap(
        [
          (matrix, Tape.Source(slot: 1, count: columns)),
          (matrix, Tape.Source(slot: 0, count: columns)),
        ], offset: offset)
      let result = IntegerVector()
      _ = try map.apply(
        to: [IntegerVector(left), IntegerVector(right)], into: result, limit: 1 << 30)
      let expected = matrix.accumulate(left, onto: matrix.accumulate(right, onto: offset))
      #expect((0..<3).map { result.value(at: $0, scratch: scratch) } == expected)
    }
  }

  @Test("A result over the limit is refused before it is made")
  func limit() {
    let map = IntegerMap([([[1]], Tape.Source(slot: 0, count: 1))], offset: [0])
    let large = IntegerVector([Rational(2).raised(to: 1_000)])
    #expect(throws: TooLarge.self) {
      try map.apply(to: [large], into: IntegerVector(), limit: 1_000)
    }
  }
}

extension IntegerVector {
  fileprivate var denominatorForTests: Rational {
    denominator.quotient(by: BigInteger(1))
  }
}
