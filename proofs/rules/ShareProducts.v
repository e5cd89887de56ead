(** * Share products

       Linear [p; q] -> Multi
       Linear [p'; q'] -> Multi -> Linear(C, c)

    where a pair of rows is a multiple of an earlier pair, in either order, or constant, or zero.
    Source: ours: (c f) (d g) = c d (f g). *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Lemma share_products n (c d : R) (f g : vec n) :
  had (c *: f) (d *: g) = (c * d) *: had f g.
Proof. by apply/matrixP => i j; rewrite !mxE mulrACA. Qed.
Lemma share_products_swapped n (c d : R) (f g : vec n) :
  had (d *: g) (c *: f) = (c * d) *: had f g.
Proof. by apply/matrixP => i j; rewrite !mxE mulrACA [d * c]mulrC [g _ _ * _]mulrC. Qed.
Lemma share_products_constant n (a b : R) : had (const_mx a) (const_mx b) = const_mx (a * b) :> vec n.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma share_products_zero n (f : vec n) : had 0 f = 0 /\ had f 0 = 0.
Proof. by split; apply/matrixP => i j; rewrite !mxE ?mul0r ?mulr0. Qed.
End Rule.
