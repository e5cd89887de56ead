import CKernels
import ExactArithmetic

/// The floats for which there are kernels.
public protocol LaneNumber: PowerScalar {
  var isFinite: Bool { get }

  /// How many sequences go side by side.
  static var laneCount: Int { get }

  /// Runs instructions on one lane, or on `laneCount`.
  static func run(
    _ instructions: UnsafePointer<ck_instruction>, _ count: Int, lanes: Int,
    on registers: UnsafeMutablePointer<Self>)

  /// See `ck_load_f64`.
  static func load(
    _ tokens: UnsafePointer<Self>, at places: [Int64], size: Int,
    into registers: UnsafeMutablePointer<Self>)

  /// See `ck_store_f64`.
  static func store(
    _ registers: UnsafePointer<Self>, _ columns: [Int32], at places: [Int64],
    into outputs: UnsafeMutablePointer<Self>)
}

extension Double: LaneNumber {
  public static var laneCount: Int { Int(CK_LANES_F64) }

  public static func run(
    _ instructions: UnsafePointer<ck_instruction>, _ count: Int, lanes: Int,
    on registers: UnsafeMutablePointer<Double>
  ) {
    if lanes == 1 {
      ck_run_one_f64(instructions, count, registers)
    } else {
      precondition(lanes == laneCount, "there is no kernel for \(lanes) lanes")
      ck_run_many_f64(instructions, count, registers)
    }
  }

  public static func load(
    _ tokens: UnsafePointer<Double>, at places: [Int64], size: Int,
    into registers: UnsafeMutablePointer<Double>
  ) {
    ck_load_f64(tokens, places, Int32(places.count), size, registers)
  }

  public static func store(
    _ registers: UnsafePointer<Double>, _ columns: [Int32], at places: [Int64],
    into outputs: UnsafeMutablePointer<Double>
  ) {
    ck_store_f64(registers, columns, Int32(places.count), columns.count, places, outputs)
  }
}

extension Float: LaneNumber {
  public static var laneCount: Int { Int(CK_LANES_F32) }

  public static func run(
    _ instructions: UnsafePointer<ck_instruction>, _ count: Int, lanes: Int,
    on registers: UnsafeMutablePointer<Float>
  ) {
    if lanes == 1 {
      ck_run_one_f32(instructions, count, registers)
    } else {
      precondition(lanes == laneCount, "there is no kernel for \(lanes) lanes")
      ck_run_many_f32(instructions, count, registers)
    }
  }

  public static func load(
    _ tokens: UnsafePointer<Float>, at places: [Int64], size: Int,
    into registers: UnsafeMutablePointer<Float>
  ) {
    ck_load_f32(tokens, places, Int32(places.count), size, registers)
  }

  public static func store(
    _ registers: UnsafePointer<Float>, _ columns: [Int32], at places: [Int64],
    into outputs: UnsafeMutablePointer<Float>
  ) {
    ck_store_f32(registers, columns, Int32(places.count), columns.count, places, outputs)
  }
}
