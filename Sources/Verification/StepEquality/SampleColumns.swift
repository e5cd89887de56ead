import ExactArithmetic

/// Samples by coordinate, with numbers in the place of values, so that many questions are quick.
struct SampleColumns {
  /// By coordinate and sample the number of the value, in the order in which values come.
  private let codes: [[Int]]

  /// By coordinate: how many values there are.
  let counts: [Int]

  /// By coordinate, 64 samples a word: whether the value is 0.
  private let zeros: [[UInt64]]
  private let hashes: [Int]

  init(_ samples: [[Rational]], coordinates: Int) {
    var codes: [[Int]] = []
    var counts: [Int] = []
    var zeros: [[UInt64]] = []
    var hashes: [Int] = []
    for coordinate in 0..<coordinates {
      var numbers: [Rational: Int] = [:]
      var isZero = [UInt64](repeating: 0, count: (samples.count + 63) / 64)
      var hasher = Hasher()
      var column: [Int] = []
      column.reserveCapacity(samples.count)
      for (index, sample) in samples.enumerated() {
        let value = sample[coordinate]
        let next = numbers.count
        column.append(numbers[value, default: next])
        if column[index] == next { numbers[value] = next }
        if value == 0 { isZero[index / 64] |= 1 << UInt64(index % 64) }
        hasher.combine(value)
      }
      // What is not a sample is no obstacle.
      if samples.count % 64 > 0 { isZero[samples.count / 64] |= .max << UInt64(samples.count % 64) }
      codes.append(column)
      counts.append(numbers.count)
      zeros.append(isZero)
      hashes.append(hasher.finalize())
    }
    (self.codes, self.counts, self.zeros, self.hashes) = (codes, counts, zeros, hashes)
  }

  /// Whether in each sample one of the two coordinates is 0.
  func isAnyZero(_ left: Int, _ right: Int) -> Bool {
    zip(zeros[left], zeros[right]).allSatisfy { $0 | $1 == .max }
  }

  /// Whether two coordinates may be equal in all samples: if not, they are not.
  func mayBeEqual(_ left: Int, _ right: Int) -> Bool { hashes[left] == hashes[right] }

  /// Coordinates with few values together.
  struct Group {
    fileprivate(set) var coordinates: [Int]

    /// By sample the number of the values together, and how many there are.
    fileprivate var codes: [Int]
    fileprivate(set) var count: Int
  }

  func group(of coordinate: Int) -> Group {
    Group(coordinates: [coordinate], codes: codes[coordinate], count: counts[coordinate])
  }

  /// The group with one coordinate more; nil if it has more than `limit` values together, or as
  /// many as if they had nothing to do with each other.
  func group(_ group: Group, with coordinate: Int, limit: Int) -> Group? {
    let apart = group.count * counts[coordinate]
    var numbers = [Int](repeating: -1, count: apart)
    var joint = Group(coordinates: group.coordinates + [coordinate], codes: [], count: 0)
    joint.codes.reserveCapacity(group.codes.count)
    for (left, right) in zip(group.codes, codes[coordinate]) {
      let place = left * counts[coordinate] + right
      if numbers[place] < 0 {
        numbers[place] = joint.count
        joint.count += 1
        guard joint.count <= limit, joint.count < apart else { return nil }
      }
      joint.codes.append(numbers[place])
    }
    return joint
  }
}
