(** * Merge linear states

       x -> s1 = LinState(A1, B1, b1), s2 = LinState(A2, B2, b2)
       x -> s = LinState(diag(A1, A2), [B1; B2], [b1; b2]) -> its slices

    Source: arXiv 2406.01424, appendix A, case 2. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Lemma merge_lin_states m1 m2 n (A1 : 'M[R]_m1) (A2 : 'M_m2) (B1 : 'M_(m1, n)) (B2 : 'M_(m2, n))
    b1 b2 s1 s2 xs :
  linstate (block_mx A1 0 0 A2) (col_mx B1 B2) (col_mx b1 b2) (col_mx s1 s2) xs
  = zip_col (linstate A1 B1 b1 s1 xs) (linstate A2 B2 b2 s2 xs).
Proof.
elim: xs s1 s2 => [|x xs IH] s1 s2 //=.
by rewrite mul_block_col !mul0mx addr0 add0r mul_col_mx !add_col_mx IH.
Qed.
(** The slices are the states. *)
Lemma merge_lin_states_first m1 m2 n (A1 : 'M[R]_m1) (A2 : 'M_m2) (B1 : 'M_(m1, n))
    (B2 : 'M_(m2, n)) b1 b2 s1 s2 xs :
  map (lin (upper R m1 m2) 0)
    (linstate (block_mx A1 0 0 A2) (col_mx B1 B2) (col_mx b1 b2) (col_mx s1 s2) xs)
  = linstate A1 B1 b1 s1 xs.
Proof. by rewrite merge_lin_states upper_zip // !size_linstate. Qed.
Lemma merge_lin_states_second m1 m2 n (A1 : 'M[R]_m1) (A2 : 'M_m2) (B1 : 'M_(m1, n))
    (B2 : 'M_(m2, n)) b1 b2 s1 s2 xs :
  map (lin (lower R m1 m2) 0)
    (linstate (block_mx A1 0 0 A2) (col_mx B1 B2) (col_mx b1 b2) (col_mx s1 s2) xs)
  = linstate A2 B2 b2 s2 xs.
Proof. by rewrite merge_lin_states lower_zip // !size_linstate. Qed.
End Rule.
