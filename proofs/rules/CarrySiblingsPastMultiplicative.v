(** * Carry siblings past a Multi

       x = [p; q] -> Multi, and others that read x
       x -> Linear [p; x; q; 1] -> Multi -> slice p * q, and slice x, which the others now read

    Source: arXiv 2406.01424, appendix A, case 1B, corrected. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

(** The Linear before the Multi: x is [p; q]. *)
Definition spread n : 'M[R]_((n + (n + n)) + (n + (n + n)), n + n) :=
  col_mx (col_mx (upper R n n) 1%:M) (col_mx (lower R n n) 0).
Definition spread_ones n : vec ((n + (n + n)) + (n + (n + n))) :=
  col_mx (col_mx 0 0) (col_mx 0 (ones R (n + n))).
Lemma carry_siblings_past_multiplicative n (x : vec (n + n)) :
  multi (lin (spread n) (spread_ones n) x) = col_mx (multi x) x.
Proof.
rewrite /spread /spread_ones !lin_col lin1 -[x in RHS]vsubmxK -{1 2 3}[x]vsubmxK upperE lowerE.
rewrite /multi col_mxKu col_mxKd [lin 0 _ _]/lin mul0mx add0r.
rewrite col_mxKu col_mxKd; apply/matrixP => i j; rewrite ord1 {j} mxE.
by rewrite !mxE; case: (split i) => k; rewrite !mxE ?mulr1.
Qed.
(** The slices behind it. *)
Lemma carry_siblings_past_multiplicative_product n (x : vec (n + n)) :
  lin (upper R n (n + n)) 0 (multi (lin (spread n) (spread_ones n) x)) = multi x.
Proof. by rewrite carry_siblings_past_multiplicative upperE. Qed.
Lemma carry_siblings_past_multiplicative_siblings n (x : vec (n + n)) :
  lin (lower R n (n + n)) 0 (multi (lin (spread n) (spread_ones n) x)) = x.
Proof. by rewrite carry_siblings_past_multiplicative lowerE. Qed.
End Rule.
