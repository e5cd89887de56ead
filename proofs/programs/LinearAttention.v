(** * Linear attention as a gated linear recurrence


    For all dimensions d_k, d_v, n, all weights and biases of the three projections
      k = Wk x + bk,   v = Wv x + bv,   q = Wq x + bq,
    every input sequence and every commutative ring, the LSRL construction

      products  = Multi(Concat(v_i repeated, k_j repeated))     (d_v * d_k entries v_i k_j)
      S         = LinState(products, A = I, B = I, b = 0, s0 = 0)
      qs        = LinState(q,        A = 0, B = I, b = 0, s0 = anything)
      y         = Linear(sum over j)(Multi(Concat(S, q_j repeated)))

    computes y_t = sum_{s <= t} v_s (k_s . q_t), t counted from 0.
    The two repetitions are Linear nodes (0/1 matrices), so that everything below is one of the
    operations Linear, LinState, Concat and Multi. No ReLU, no axioms. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section LinearAttention.
Variable R : comRingType.
Notation vec n := 'cV[R]_n.

(** ** The operations of LSRL, on vectors (stateless) and on streams (LinState) *)
Definition lin m n (A : 'M[R]_(m,n)) (b : vec m) (x : vec n) : vec m := A *m x + b.
Definition multi n (z : vec (n + n)) : vec n := \col_i (usubmx z i 0 * dsubmx z i 0).
Fixpoint linstate m n (A : 'M[R]_m) (B : 'M[R]_(m,n)) (b s : vec m) (xs : seq (vec n)) : seq (vec m) :=
  if xs is x :: r then let s' := A *m s + B *m x + b in s' :: linstate A B b s' r else [::].
(** Concat of two streams *)
Definition concat m n (us : seq (vec m)) (vs : seq (vec n)) : seq (vec (m + n)) :=
  [seq col_mx p.1 p.2 | p <- zip us vs].

(** ** Two facts on LinState *)
(** A = I, B = I, b = 0: the running sum *)
Lemma size_linstate m n (A : 'M_m) (B : 'M_(m,n)) b s xs : size (linstate A B b s xs) = size xs.
Proof. by elim: xs s => [|x xs IH] s //=; rewrite IH. Qed.
Lemma linstate_sum n (s : vec n) xs t : (t < size xs)%N ->
  nth 0 (linstate 1%:M 1%:M 0 s xs) t = s + \sum_(i < t.+1) nth 0 xs i.
Proof.
elim: xs s t => [|x xs IH] s [|t] //= lt; first by rewrite !mul1mx addr0 big_ord1.
by rewrite IH // [in RHS]big_ord_recl /= !mul1mx addr0 addrA.
Qed.
(** A = 0, B = I, b = 0: the identity, whatever the initial state *)
Lemma linstate_hold n (s : vec n) xs : linstate 0 1%:M 0 s xs = xs.
Proof. by elim: xs s => [|x xs IH] s //=; rewrite mul0mx add0r mul1mx addr0 IH. Qed.

(** ** Repetitions as 0/1 matrices; a d_v x d_k matrix is stored as a vector of length d_v * d_k *)
Variables dv dk n : nat.
Definition flat (M : 'M[R]_(dv,dk)) : vec (dv * dk) := (mxvec M)^T.
Definition rep_row : 'M[R]_(dv * dk, dv) := \matrix_(p, i) (flat (\matrix_(i', j) (i' == i)%:R)) p 0.
Definition rep_col : 'M[R]_(dv * dk, dk) := \matrix_(p, j) (flat (\matrix_(i, j') (j' == j)%:R)) p 0.
Definition sum_col : 'M[R]_(dv, dv * dk) := rep_row^T.

Lemma flatE M i j : flat M (mxvec_index i j) 0 = M i j.
Proof. by rewrite mxE mxvecE. Qed.
Lemma sum_delta m (i : 'I_m) (F : 'I_m -> R) : \sum_j (i == j)%:R * F j = F i.
Proof.
rewrite (bigD1 i) //= eqxx mul1r big1 ?addr0 // => j nj.
by rewrite eq_sym (negbTE nj) mul0r.
Qed.
Lemma rep_rowE (v : vec dv) i j : (rep_row *m v) (mxvec_index i j) 0 = v i 0.
Proof.
rewrite mxE (eq_bigr (fun k => (i == k)%:R * v k 0)) ?sum_delta // => k _.
by rewrite mxE flatE mxE.
Qed.
Lemma rep_colE (k : vec dk) i j : (rep_col *m k) (mxvec_index i j) 0 = k j 0.
Proof.
rewrite mxE (eq_bigr (fun l => (j == l)%:R * k l 0)) ?sum_delta // => l _.
by rewrite mxE flatE mxE.
Qed.
(** the outer product, by Multi *)
Lemma multi_outer (v : vec dv) (k : vec dk) :
  multi (col_mx (rep_row *m v) (rep_col *m k)) = flat (v *m k^T).
Proof.
apply/matrixP => p z; rewrite ord1 {z} mxE col_mxKu col_mxKd.
by case/mxvec_indexP: p => i j; rewrite rep_rowE rep_colE flatE !mxE big_ord1 mxE.
Qed.
Lemma sum_colE i i' j : sum_col i (mxvec_index i' j) = (i' == i)%:R.
Proof. by rewrite mxE [rep_row _ _]mxE flatE mxE. Qed.
(** applying a stored matrix to a vector, by Multi and a sum *)
Lemma multi_apply (M : 'M[R]_(dv,dk)) (q : vec dk) :
  sum_col *m multi (col_mx (flat M) (rep_col *m q)) = M *m q.
Proof.
apply/matrixP => i z; rewrite ord1 {z} !mxE.
rewrite (reindex _ (curry_mxvec_bij dv dk)) /=.
rewrite (eq_bigr (fun p : 'I_dv * 'I_dk => (fun i' j => sum_col i (mxvec_index i' j) *
   multi (col_mx (flat M) (rep_col *m q)) (mxvec_index i' j) 0) p.1 p.2)); last by case.
rewrite -(pair_bigA _ (fun i' j => sum_col i (mxvec_index i' j) *
   multi (col_mx (flat M) (rep_col *m q)) (mxvec_index i' j) 0)) /=.
rewrite (bigD1 i) //= [X in _ + X]big1 => [|i' ni']; last first.
  by apply: big1 => j _; rewrite sum_colE (negbTE ni') mul0r.
rewrite addr0; apply: eq_bigr => j _.
by rewrite sum_colE eqxx mul1r [multi _ _ _]mxE col_mxKu col_mxKd flatE rep_colE.
Qed.
Lemma flat_sum T (r : seq T) (F : T -> 'M[R]_(dv,dk)) : flat (\sum_(i <- r) F i) = \sum_(i <- r) flat (F i).
Proof. by rewrite /flat linear_sum /= linear_sum. Qed.

(** ** The construction *)
Variables (Wk : 'M[R]_(dk,n)) (bk : vec dk) (Wv : 'M[R]_(dv,n)) (bv : vec dv) (Wq : 'M[R]_(dk,n)) (bq : vec dk).
Definition key := lin Wk bk.
Definition value := lin Wv bv.
Definition query := lin Wq bq.
Definition attention_program (s0 : vec (dv * dk)) (xs : seq (vec n)) : seq (vec dv) :=
  let vs := map (lin rep_row 0) (map value xs) in
  let ks := map (lin rep_col 0) (map key xs) in
  let S := linstate 1%:M 1%:M 0 0 (map (@multi _) (concat vs ks)) in
  let qs := linstate 0 1%:M 0 s0 (map (lin rep_col 0) (map query xs)) in
  map (lin sum_col 0) (map (@multi _) (concat S qs)).

Theorem attention_correct s0 xs t : (t < size xs)%N ->
  nth 0 (attention_program s0 xs) t =
  \sum_(s < t.+1) value (nth 0 xs s) *m ((key (nth 0 xs s))^T *m query (nth 0 xs t)).
Proof.
move=> lt; rewrite /attention_program linstate_hold /concat.
set products := map (@multi (dv * dk)) [seq col_mx p.1 p.2 | p <- zip (map (lin rep_row 0) _) _].
have szp : size products = size xs by rewrite /products !size_map size_zip !size_map minnn.
have Ep i : (i < size xs)%N -> nth 0 products i = flat (value (nth 0 xs i) *m (key (nth 0 xs i))^T).
  move=> li; rewrite /products (nth_map 0) ?size_map ?size_zip ?size_map ?minnn //.
  rewrite (nth_map (0, 0)) ?size_zip ?size_map ?minnn // nth_zip ?size_map //=.
  by rewrite !(nth_map 0) ?size_map // /lin !addr0 multi_outer.
have szS : size (linstate 1%:M 1%:M 0 0 products) = size xs by rewrite size_linstate.
rewrite (nth_map 0) ?size_map ?size_zip ?szS ?size_map ?minnn //.
rewrite (nth_map 0) ?size_map ?size_zip ?szS ?size_map ?minnn //.
rewrite (nth_map (0, 0)) ?size_zip ?szS ?size_map ?minnn // nth_zip ?szS ?size_map //=.
rewrite linstate_sum ?szp // add0r !(nth_map 0) ?size_map // {2}/lin addr0.
rewrite (eq_bigr (fun i : 'I_t.+1 => flat (value (nth 0 xs i) *m (key (nth 0 xs i))^T))); last first.
  by move=> i _; rewrite Ep // (leq_trans _ lt).
rewrite -flat_sum /lin addr0 multi_apply mulmx_suml.
by apply: eq_bigr => i _; rewrite mulmxA.
Qed.
(** The number k_s . q_t is a scalar; the same statement per coordinate. *)
Corollary attention_coordinates s0 xs t i : (t < size xs)%N ->
  nth 0 (attention_program s0 xs) t i 0 =
  \sum_(s < t.+1) value (nth 0 xs s) i 0 * \sum_j key (nth 0 xs s) j 0 * query (nth 0 xs t) j 0.
Proof.
move=> lt; rewrite attention_correct // summxE; apply: eq_bigr => s _.
by rewrite mxE big_ord1 !mxE; congr (_ * _); apply: eq_bigr => j _; rewrite !mxE.
Qed.
End LinearAttention.
