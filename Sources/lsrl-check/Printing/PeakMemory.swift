import Foundation

/// The most memory that was taken at a time, in bytes.
enum PeakMemory {
  static var ofThisProcess: Int {
    #if os(Linux)
      return of(RUSAGE_SELF.rawValue)
    #else
      return of(RUSAGE_SELF)
    #endif
  }

  /// Of the largest process that this one has started, and that has ended.
  static var ofEndedChildren: Int {
    #if os(Linux)
      return of(RUSAGE_CHILDREN.rawValue)
    #else
      return of(RUSAGE_CHILDREN)
    #endif
  }

  private static func of(_ who: Int32) -> Int {
    var usage = rusage()
    guard getrusage(who, &usage) == 0 else { return 0 }
    #if os(Linux)
      return usage.ru_maxrss << 10
    #else
      return usage.ru_maxrss
    #endif
  }
}
