(** * The operations of LSRL on matrices, for the rules

    For every ordered integral domain: vectors are columns, a stream is a sequence of vectors.
    The files beside this one bear the names of the rules in Sources/Compiler/Debranching/Rules; each
    proves the identity that its rule rests on, for all weights, all dimensions and all inputs.

    Where a rule stacks k maps, the lemma stacks two: more are two, of which one is itself a stack. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Operations.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

(** Linear, ReLU, Multi, LinState; Concat is [col_mx]. *)
Definition lin m n (A : 'M[R]_(m, n)) (b : vec m) (x : vec n) : vec m := A *m x + b.
Definition relu1 (a : R) := Num.max a 0.
Definition relu n (x : vec n) : vec n := map_mx relu1 x.
Definition had n (x y : vec n) : vec n := \col_i (x i 0 * y i 0).
Definition multi n (z : vec (n + n)) : vec n := had (usubmx z) (dsubmx z).
Fixpoint linstate m n (A : 'M[R]_m) (B : 'M[R]_(m, n)) (b s : vec m) (xs : seq (vec n)) :
    seq (vec m) :=
  if xs is x :: r then let s' := A *m s + B *m x + b in s' :: linstate A B b s' r else [::].

(** Two streams on top of each other. *)
Fixpoint zip_col m n (us : seq (vec m)) (vs : seq (vec n)) : seq (vec (m + n)) :=
  match us, vs with u :: us', v :: vs' => col_mx u v :: zip_col us' vs' | _, _ => [::] end.

(** Slices: the upper part, the lower part, and any selection of coordinates. *)
Definition upper m n : 'M[R]_(m, m + n) := row_mx 1%:M 0.
Definition lower m n : 'M[R]_(n, m + n) := row_mx 0 1%:M.
Definition sel m n (f : 'I_m -> 'I_n) : 'M[R]_(m, n) := \matrix_(i, j) (f i == j)%:R.
Definition ones n : vec n := const_mx 1.

Lemma upperE m n (x : vec m) (y : vec n) : lin (upper m n) 0 (col_mx x y) = x.
Proof. by rewrite /lin mul_row_col mul1mx mul0mx !addr0. Qed.
Lemma lowerE m n (x : vec m) (y : vec n) : lin (lower m n) 0 (col_mx x y) = y.
Proof. by rewrite /lin mul_row_col mul1mx mul0mx add0r addr0. Qed.
Lemma selE m n (f : 'I_m -> 'I_n) x : sel f *m x = \col_i x (f i) 0.
Proof.
apply/matrixP => i j; rewrite !mxE (bigD1 (f i)) //= mxE eqxx mul1r big1 ?addr0 ?ord1 // => k nk.
by rewrite mxE eq_sym (negbTE nk) mul0r.
Qed.

(** Streams: slices of two streams on top of each other. *)
Lemma size_linstate m n (A : 'M_m) (B : 'M_(m, n)) b s xs : size (linstate A B b s xs) = size xs.
Proof. by elim: xs s => [|x xs IH] s //=; rewrite IH. Qed.
Lemma upper_zip m n (us : seq (vec m)) (vs : seq (vec n)) : size us = size vs ->
  map (lin (upper m n) 0) (zip_col us vs) = us.
Proof. by elim: us vs => [|u us IH] [|v vs] //= [e]; rewrite upperE IH. Qed.
Lemma lower_zip m n (us : seq (vec m)) (vs : seq (vec n)) : size us = size vs ->
  map (lin (lower m n) 0) (zip_col us vs) = vs.
Proof. by elim: us vs => [|u us IH] [|v vs] //= [e]; rewrite lowerE IH. Qed.

(** ReLU *)
Lemma relu1_pos a : 0 <= a -> relu1 a = a.
Proof. by move=> h; rewrite /relu1 max_l. Qed.
Lemma relu1_neg a : a <= 0 -> relu1 a = 0.
Proof. by move=> h; rewrite /relu1 max_r. Qed.
Lemma relu1_ge0 a : 0 <= relu1 a.
Proof. by rewrite /relu1 le_maxr lexx orbT. Qed.
Lemma relu1_split a : relu1 a - relu1 (- a) = a.
Proof.
case: (lerP 0 a) => h; first by rewrite relu1_pos // relu1_neg ?subr0 // oppr_le0.
by rewrite (relu1_neg (ltW h)) relu1_pos ?opprK ?add0r // oppr_ge0 ltW.
Qed.
Lemma relu_split n (x : vec n) : relu x - relu (- x) = x.
Proof. by apply/matrixP => i j; rewrite !mxE relu1_split. Qed.
Lemma relu_col m n (x : vec m) (y : vec n) : relu (col_mx x y) = col_mx (relu x) (relu y).
Proof. by rewrite /relu map_col_mx. Qed.
Lemma lin_col m1 m2 n (A1 : 'M_(m1, n)) (A2 : 'M_(m2, n)) b1 b2 x :
  lin (col_mx A1 A2) (col_mx b1 b2) x = col_mx (lin A1 b1 x) (lin A2 b2 x).
Proof. by rewrite /lin mul_col_mx add_col_mx. Qed.
Lemma lin1 n (x : vec n) : lin 1%:M 0 x = x.
Proof. by rewrite /lin mul1mx addr0. Qed.
Lemma linN1 n (x : vec n) : lin (- 1%:M) 0 x = - x.
Proof. by rewrite /lin mulNmx mul1mx addr0. Qed.

(** u - v, as a Linear on [u; v] *)
Definition difference n : 'M[R]_(n, n + n) := row_mx 1%:M (- 1%:M).
Lemma differenceE n (u v : vec n) : lin (difference n) 0 (col_mx u v) = u - v.
Proof. by rewrite /lin mul_row_col mul1mx mulNmx mul1mx addr0. Qed.
End Operations.
