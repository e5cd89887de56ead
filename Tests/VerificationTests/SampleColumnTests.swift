import ExactArithmetic
import PropertyTesting
import Testing

@testable import Verification

@Suite("Samples by columns of numbers")
struct SampleColumnTests {
  private static func samples(count: Int, seed: UInt64) -> [[Rational]] {
    var random = SplitMix64(seed: seed, trial: 0)
    return (0..<count).map { _ in
      let left = Rational(Int.random(in: 0..<3, using: &random))
      let right = Rational(Int.random(in: 0..<2, using: &random), 2)
      return [left, right, left == 0 ? right : 0, left + right, left]
    }
  }

  @Test("Say what the samples say", arguments: [1, 63, 64, 65, 200])
  func counts(count: Int) {
    for seed in 1...5 as ClosedRange<UInt64> {
      let samples = Self.samples(count: count, seed: seed)
      let columns = SampleColumns(samples, coordinates: 5)
      for left in 0..<5 {
        #expect(columns.counts[left] == Set(samples.map { $0[left] }).count)
        for right in 0..<5 {
          let isAnyZero = samples.allSatisfy { $0[left] == 0 || $0[right] == 0 }
          #expect(columns.isAnyZero(left, right) == isAnyZero)
          let isEqual = samples.allSatisfy { $0[left] == $0[right] }
          #expect(columns.mayBeEqual(left, right) || !isEqual)
        }
      }
    }
  }

  @Test("Coordinates are grouped only if they have fewer values together than apart")
  func groups() throws {
    let columns = SampleColumns(Self.samples(count: 200, seed: 1), coordinates: 5)
    // 3 and 2 values, that come in all pairs.
    #expect(columns.group(columns.group(of: 0), with: 1, limit: 24) == nil)
    // 0 with 0 and 1/2; 1 and 2 with 0 only.
    let joint = try #require(columns.group(columns.group(of: 0), with: 2, limit: 24))
    #expect(joint.count == 4)
    #expect(joint.coordinates == [0, 2])
    #expect(columns.group(columns.group(of: 0), with: 2, limit: 3) == nil)
    #expect(try #require(columns.group(joint, with: 4, limit: 24)).count == 4)
  }
}
