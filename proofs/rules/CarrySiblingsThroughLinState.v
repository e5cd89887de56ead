(** * Carry siblings through a LinState

       x -> LinState(A, B, b), and others that read x
       x -> LinState(diag(A, 0), [B; I], [b; 0]) -> slice s, and slice x, which the others now read

    Whatever the initial state r of the carried coordinates is.
    Source: arXiv 2406.01424, appendix A, case 6. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Lemma carry_siblings_through_lin_state m n (A : 'M[R]_m) (B : 'M_(m, n)) b s (r : vec n) xs :
  linstate (block_mx A 0 0 0) (col_mx B 1%:M) (col_mx b 0) (col_mx s r) xs
  = zip_col (linstate A B b s xs) xs.
Proof.
elim: xs s r => [|x xs IH] s r //=.
by rewrite mul_block_col mul_col_mx mul1mx !add_col_mx !(mul0mx, addr0, add0r) IH.
Qed.
Lemma carry_siblings_through_lin_state_state m n (A : 'M[R]_m) (B : 'M_(m, n)) b s (r : vec n) xs :
  map (lin (upper R m n) 0)
    (linstate (block_mx A 0 0 0) (col_mx B 1%:M) (col_mx b 0) (col_mx s r) xs)
  = linstate A B b s xs.
Proof. by rewrite carry_siblings_through_lin_state upper_zip // size_linstate. Qed.
Lemma carry_siblings_through_lin_state_siblings m n (A : 'M[R]_m) (B : 'M_(m, n)) b s (r : vec n) xs :
  map (lin (lower R m n) 0)
    (linstate (block_mx A 0 0 0) (col_mx B 1%:M) (col_mx b 0) (col_mx s r) xs) = xs.
Proof. by rewrite carry_siblings_through_lin_state lower_zip // size_linstate. Qed.
End Rule.
