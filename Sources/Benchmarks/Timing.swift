import Foundation

/// A figure measured several times: the median, and how far the others are from it.
public struct Figure: Sendable {
  /// Ascending, at least one.
  public let samples: [Double]

  public init(_ samples: [Double]) {
    precondition(!samples.isEmpty, "a figure without a sample")
    self.samples = samples.sorted()
  }

  public var median: Double {
    let middle = samples.count / 2
    return samples.count.isMultiple(of: 2)
      ? (samples[middle - 1] + samples[middle]) / 2 : samples[middle]
  }

  public var low: Double { samples[0] }
  public var high: Double { samples[samples.count - 1] }

  public func map(_ transform: (Double) -> Double) -> Figure { Figure(samples.map(transform)) }
}

/// How long work takes.
public struct Stopwatch: Sendable {
  /// Samples of a figure.
  public let repetitions: Int

  /// Each sample repeats the work until this has passed, so that short work is timed too.
  public let least: Duration

  public init(repetitions: Int = 5, least: Duration = .milliseconds(100)) {
    precondition(repetitions > 0, "\(repetitions) repetitions")
    self.repetitions = repetitions
    self.least = least
  }

  /// Seconds of this thread's processor time that `work` takes, once it is warm. Not of the wall
  /// clock, so that others on the same machine disturb less; peers measure theirs the same way.
  public func seconds(_ work: () throws -> Void) rethrows -> Figure {
    try work()
    var samples: [Double] = []
    let least = least / .seconds(1)
    for _ in 0..<repetitions {
      var rounds = 0
      let start = Stopwatch.processorSeconds
      var passed = 0.0
      repeat {
        try work()
        rounds += 1
        passed = Stopwatch.processorSeconds - start
      } while passed < least
      samples.append(passed / Double(rounds))
    }
    return Figure(samples)
  }

  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// Seconds on the wall for work that waits for tasks; one round a sample.
  public func seconds(_ work: () async throws -> Void) async rethrows -> Figure {
    var samples: [Double] = []
    let clock = ContinuousClock()
    for _ in 0..<repetitions {
      let start = clock.now
      try await work()
      samples.append((clock.now - start) / .seconds(1))
    }
    return Figure(samples)
  }
}
