import Foundation

/// Normally distributed numbers from uniform ones.
///
/// Source: G. E. P. Box, M. E. Muller, *A Note on the Generation of Random Normal Deviates*, Annals
/// of Mathematical Statistics 29(2), 1958.
struct Gaussian<Source: RandomNumberGenerator> {
  private(set) var source: Source
  private var spare: Double?

  init(_ source: Source) { self.source = source }

  /// Of mean 0 and standard deviation 1.
  mutating func next() -> Double {
    if let spare {
      self.spare = nil
      return spare
    }
    // In (0, 1], so that the logarithm is finite.
    let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &source))).squareRoot()
    let angle = 2 * Double.pi * Double.random(in: 0..<1, using: &source)
    spare = radius * sin(angle)
    return radius * cos(angle)
  }
}
