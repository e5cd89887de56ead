import LSRL
import Testing

@testable import Compiler

@Suite("Pieces of a node")
struct PiecesTests {
  @Test("Each is found again, however many there are; others are not", arguments: [1, 16, 17, 40])
  func lookUp(count: Int) {
    var pieces = Pieces(of: NodeID(1_000), dimension: count + 1)
    for index in 1..<count { pieces.append(NodeID(7 * index), index..<index + 1) }
    #expect(pieces.nodes.count == count)
    #expect(pieces[NodeID(1_000)] == 0..<count + 1)
    for index in 1..<max(count, 2) {
      #expect(pieces[NodeID(7 * index)] == (count > 1 ? index..<index + 1 : nil))
    }
    #expect(pieces[NodeID(7 * count)] == nil)
    #expect(pieces[NodeID(5)] == nil)
  }
}
