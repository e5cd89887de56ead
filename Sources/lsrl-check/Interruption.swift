@preconcurrency import Dispatch
import Foundation
import Synchronization

/// Ctrl-C: the first asks the running search to end and report what it has seen; the second ends
/// the process as usual.
final class Interruption: Sendable {
  private let count = Mutex(0)
  private let source: DispatchSourceSignal

  init() {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler { [self] in
      let seen = count.withLock { count in
        count += 1
        return count
      }
      if seen > 1 { exit(130) }
      StandardError.write("\nEnding after the trials that are running; again to end at once.\n")
    }
    source.resume()
  }

  var isRequested: Bool { count.withLock { $0 > 0 } }
}
