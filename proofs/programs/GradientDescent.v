(** * k steps of gradient descent from two accumulators


    Data (x_1,y_1) ... (x_N,y_N), loss 1/2 sum ||W x_i - y_i||^2 / N, rate eta; c stands for eta/N.
    One full-batch step: W <- W - c G(W) with G(W) = sum (W x_i - y_i) x_i^T.
    With S_xx = sum x_i x_i^T and S_yx = sum y_i x_i^T this is W <- W (I - c S_xx) + c S_yx, and
    after k steps, with v_0 = x_q, v_{j+1} = S_xx v_j and binomial coefficients C(k,j):

      W_k x_q =   sum_{j=0}^{k}   C(k,j)   (-c)^j W_0 v_j
              + c sum_{j=0}^{k-1} C(k,j+1) (-c)^j S_yx v_j.

    For all k, N, dimensions and data over any commutative ring (no inverse, no order needed).
    Non-linear regression is the case x_i := phi(raw_i), x_q := phi(raw_q) for any map phi. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory.
From LSRL Require Import LinearAttention.
Local Open Scope ring_scope.

Section GradientDescent.
Variable R : comRingType.
Variables dx dy : nat.
Notation xvec := 'cV[R]_dx.
Notation yvec := 'cV[R]_dy.
Notation weights := 'M[R]_(dy, dx).
Implicit Types (D : seq (xvec * yvec)) (W H : weights).

(** ** The gradient, and that it is one *)
Definition gradient D W : weights := \sum_(p <- D) (W *m p.1 - p.2) *m p.1^T.
Definition sqnorm m (z : 'cV[R]_m) : R := (z^T *m z) 0 0.
Definition sqloss D W : R := \sum_(p <- D) sqnorm (W *m p.1 - p.2).
Lemma tr_add m p (A B : 'M[R]_(m,p)) : (A + B)^T = A^T + B^T.
Proof. by apply/matrixP => i j; rewrite !mxE. Qed.
Lemma sqnormD m (a b : 'cV[R]_m) : sqnorm (a + b) = sqnorm a + (a^T *m b) 0 0 *+ 2 + sqnorm b.
Proof.
rewrite /sqnorm tr_add mulmxDl !mulmxDr.
do 3! rewrite [(_ + _ : 'M_(_,_)) 0 0]mxE.
have -> : (b^T *m a) 0 0 = (a^T *m b) 0 0.
  by rewrite !mxE; apply: eq_bigr => j _; rewrite !mxE mulrC.
by rewrite mulr2n !addrA.
Qed.
(** sum ||(W+H) x - y||^2 = sum ||W x - y||^2 + 2 <G(W), H> + sum ||H x||^2 *)
Theorem gradient_expansion D W H :
  sqloss D (W + H) = sqloss D W + \tr ((gradient D W)^T *m H) *+ 2 + \sum_(p <- D) sqnorm (H *m p.1).
Proof.
have pt p : sqnorm ((W + H) *m p.1 - p.2) =
    sqnorm (W *m p.1 - p.2) + \tr (((W *m p.1 - p.2) *m p.1^T)^T *m H) *+ 2 + sqnorm (H *m p.1).
  have -> : (W + H) *m p.1 - p.2 = (W *m p.1 - p.2) + H *m p.1 by rewrite mulmxDl addrAC.
  rewrite sqnormD; congr (_ + _ *+ 2 + _).
  by rewrite trmx_mul trmxK -mulmxA mxtrace_mulC -mulmxA /mxtrace big_ord1.
rewrite /sqloss; under eq_bigr do rewrite pt.
rewrite !big_split /= -mulr2n.
congr (_ + _ *+ 2 + _); rewrite /gradient; elim: D => [|p D IH].
  by rewrite !big_nil trmx0 mul0mx mxtrace0.
by rewrite !big_cons IH -mxtraceD -mulmxDl -tr_add.
Qed.

(** ** The two accumulators *)
Definition Sxx D : 'M[R]_dx := \sum_(p <- D) p.1 *m p.1^T.
Definition Syx D : weights := \sum_(p <- D) p.2 *m p.1^T.
Lemma gradient_acc D W : gradient D W = W *m Sxx D - Syx D.
Proof.
rewrite /gradient /Sxx /Syx mulmx_sumr -sumrB.
by apply: eq_bigr => p _; rewrite mulmxBl mulmxA.
Qed.

(** ** k steps *)
Variable c : R.                                                       (* eta / N *)
Definition step D W : weights := W - c *: gradient D W.
Definition descend D W k : weights := iter k (step D) W.
Lemma step_acc D W : step D W = W *m (1%:M - c *: Sxx D) + c *: Syx D.
Proof. by rewrite /step gradient_acc mulmxBr mulmx1 -scalemxAr scalerBr opprB addrA addrAC. Qed.
(** v_j: what k gating layers compute from the query *)
Definition power D (x : xvec) j : xvec := iter j (mulmx (Sxx D)) x.
Lemma powerS D x j : power D (Sxx D *m x) j = power D x j.+1.
Proof. by rewrite /power iterSr. Qed.

Theorem gradient_descent_correct D W k xq :
  descend D W k *m xq =
      \sum_(j < k.+1) ('C(k, j)%:R * (- c) ^+ j) *: (W *m power D xq j)
    + c *: \sum_(j < k) ('C(k, j.+1)%:R * (- c) ^+ j) *: (Syx D *m power D xq j).
Proof.
elim: k xq => [|k IH] xq.
  by rewrite big_ord1 big_ord0 scaler0 addr0 bin0 expr0 mulr1 scale1r.
rewrite /descend /= -/(descend D W k) step_acc mulmxDl -mulmxA mulmxBl mul1mx mulmxBr.
rewrite -scalemxAl -scalemxAr IH IH -scalemxAl.
set F := fun j => W *m power D xq j; set G := fun j => Syx D *m power D xq j.
have E0 : Syx D *m xq = G 0%N by [].
have EF : \sum_(j < k.+1) ('C(k, j)%:R * (- c) ^+ j) *: (W *m power D (Sxx D *m xq) j)
        = \sum_(j < k.+1) ('C(k, j)%:R * (- c) ^+ j) *: F j.+1.
  by apply: eq_bigr => j _; rewrite powerS.
have EG : \sum_(j < k) ('C(k, j.+1)%:R * (- c) ^+ j) *: (Syx D *m power D (Sxx D *m xq) j)
        = \sum_(j < k) ('C(k, j.+1)%:R * (- c) ^+ j) *: G j.+1.
  by apply: eq_bigr => j _; rewrite powerS.
rewrite EF EG E0 -!/(F _) -!/(G _).
(* Pascal's rule on each of the two sums *)
have PF : \sum_(j < k.+2) ('C(k.+1, j)%:R * (- c) ^+ j) *: F j
        = \sum_(j < k.+1) ('C(k, j)%:R * (- c) ^+ j) *: F j
          - c *: \sum_(j < k.+1) ('C(k, j)%:R * (- c) ^+ j) *: F j.+1.
  rewrite big_ord_recl bin0 /= scaler_sumr -sumrN.
  rewrite (eq_bigr (fun j : 'I_k.+1 => ('C(k, j.+1)%:R * (- c) ^+ j.+1) *: F j.+1
     + - (c *: (('C(k, j)%:R * (- c) ^+ j) *: F j.+1)))); last first.
    move=> j _; rewrite /bump /= add1n binS natrD mulrDl scalerDl; congr (_ + _).
    by rewrite scalerA -scaleNr exprS mulrCA mulNr.
  rewrite big_split /= addrA; congr (_ + _).
  rewrite big_ord_recr /= bin_small // mul0r scale0r addr0 big_ord_recl /= bin0.
  by congr (_ + _); apply: eq_bigr.
have PG : \sum_(j < k.+1) ('C(k.+1, j.+1)%:R * (- c) ^+ j) *: G j
        = \sum_(j < k) ('C(k, j.+1)%:R * (- c) ^+ j) *: G j
          - c *: (\sum_(j < k) ('C(k, j.+1)%:R * (- c) ^+ j) *: G j.+1) + G 0%N.
  rewrite (eq_bigr (fun j : 'I_k.+1 => ('C(k, j.+1)%:R * (- c) ^+ j) *: G j
     + ('C(k, j)%:R * (- c) ^+ j) *: G j)); last first.
    by move=> j _; rewrite binS natrD mulrDl scalerDl.
  rewrite big_split /= big_ord_recr /= bin_small // mul0r scale0r addr0 -addrA; congr (_ + _).
  rewrite big_ord_recl /= bin0 expr0 mulr1 scale1r addrC; congr (_ + _).
  rewrite scaler_sumr -sumrN; apply: eq_bigr => j _.
  by rewrite /bump /= add1n scalerA -scaleNr exprS mulrCA mulNr.
transitivity (\sum_(j < k.+2) ('C(k.+1, j)%:R * (- c) ^+ j) *: F j
    + c *: (\sum_(j < k.+1) ('C(k.+1, j.+1)%:R * (- c) ^+ j) *: G j)); last by [].
rewrite PF PG.
rewrite (_ : \sum_(j < k.+1) _ = \sum_(j < k.+1) ('C(k, j)%:R * (- c) ^+ j) *: F j) //.
rewrite (_ : \sum_(j < k) _ = \sum_(j < k) ('C(k, j.+1)%:R * (- c) ^+ j) *: G j) //.
move: (\sum_(j < _) _ *: F j) (\sum_(j < _) _ *: F j.+1) => a b.
move: (\sum_(j < _) _ *: G j) (\sum_(j < _) _ *: G j.+1) (G 0%N) => d e g.
by rewrite !scalerDr scalerN opprD !addrA; congr (_ + _ + _); rewrite addrAC.
Qed.

(** One step from W_0: W_1 x_q = W_0 x_q - c W_0 S_xx x_q + c S_yx x_q. *)
Corollary one_step D W (xq : xvec) :
  descend D W 1 *m xq = W *m xq - c *: (W *m (Sxx D *m xq)) + c *: (Syx D *m xq).
Proof.
by rewrite /descend /= step_acc mulmxDl -mulmxA mulmxBl mul1mx mulmxBr -!scalemxAl -scalemxAr.
Qed.
(** From W_0 = 0 only S_yx is read. *)
Corollary from_zero D k xq :
  descend D 0 k *m xq = c *: \sum_(j < k) ('C(k, j.+1)%:R * (- c) ^+ j) *: (Syx D *m power D xq j).
Proof.
by rewrite gradient_descent_correct big1 ?add0r // => j _; rewrite mul0mx scaler0.
Qed.

(** ** The same by the operations of LSRL
    Two LinStates with A = I accumulate the outer products that Multi forms (LinearAttention.v); one
    gating layer (Multi of a state with the repeated vector, then a sum) applies a state to a vector;
    k layers on S_xx, k on S_yx and one Linear give the output of k steps, at every time t. *)
Definition accumulate m (zs : seq ('cV[R]_m * xvec)) : seq 'cV[R]_(m * dx) :=
  linstate 1%:M 1%:M 0 0 [seq multi (col_mx (rep_row R m dx *m p.1) (rep_col R m dx *m p.2)) | p <- zs].
Definition layer m (S : 'cV[R]_(m * dx)) (v : xvec) : 'cV[R]_m :=
  sum_col R m dx *m multi (col_mx S (rep_col R m dx *m v)).
Lemma accumulateE m (zs : seq ('cV[R]_m * xvec)) t : (t < size zs)%N ->
  nth 0 (accumulate zs) t = flat (\sum_(p <- take t.+1 zs) p.1 *m p.2^T).
Proof.
move=> lt; rewrite /accumulate linstate_sum ?size_map // add0r flat_sum.
rewrite (big_nth (0, 0)) size_takel // big_mkord; apply: eq_bigr => i _.
rewrite (nth_map (0, 0)) ?multi_outer; last by rewrite (leq_trans _ lt).
by rewrite nth_take.
Qed.
Lemma layerE m (M : 'M[R]_(m, dx)) v : layer (flat M) v = M *m v.
Proof. exact: multi_apply. Qed.
Theorem program_correct D W k t xq : (t < size D)%N ->
  let sxx := nth 0 (accumulate [seq (p.1, p.1) | p <- D]) t in
  let syx := nth 0 (accumulate [seq (p.2, p.1) | p <- D]) t in
  let v j := iter j (layer sxx) xq in
    \sum_(j < k.+1) ('C(k, j)%:R * (- c) ^+ j) *: (W *m v j)
  + c *: (\sum_(j < k) ('C(k, j.+1)%:R * (- c) ^+ j) *: layer syx (v j))
  = descend (take t.+1 D) W k *m xq.
Proof.
move=> lt sxx syx v; rewrite gradient_descent_correct.
have Ex : sxx = flat (Sxx (take t.+1 D)).
  by rewrite /sxx accumulateE ?size_map // -map_take big_map.
have Ey : syx = flat (Syx (take t.+1 D)).
  by rewrite /syx accumulateE ?size_map // -map_take big_map.
have Ev j : v j = power (take t.+1 D) xq j.
  by rewrite /v /power; elim: j => //= j ->; rewrite Ex layerE.
by congr (_ + c *: _); apply: eq_bigr => j _; rewrite Ev // Ey layerE.
Qed.

(** ** The query token must not enter the sums
    LinState outputs the UPDATED state, so that at the query token (x_q, y_q) the states already hold
    x_q x_q^T and y_q x_q^T. Subtracting the product node from the state (one Linear of Concat(state,
    product)) removes them exactly, whatever y_q is; without it W_0 <> 0 or k >= 2 gives another result
    (dimension 1, D = [(1,1)], x_q = 1, y_q = 0, c = 1, W_0 = 0, k = 2: 0 instead of 1). *)
Lemma flat_sub m (A B : 'M[R]_(m, dx)) : flat (A - B) = flat A - flat B.
Proof. by rewrite /flat linearB /= linearB. Qed.
Lemma accumulate_before m (zs : seq ('cV[R]_m * xvec)) z :
  nth 0 (accumulate (rcons zs z)) (size zs) - flat (z.1 *m z.2^T) = flat (\sum_(p <- zs) p.1 *m p.2^T).
Proof.
rewrite accumulateE ?size_rcons // take_oversize ?size_rcons // -cats1 big_cat big_seq1 /= -flat_sub.
by rewrite addrK.
Qed.
Theorem query_correct D W k xq yq :
  let tokens := rcons D (xq, yq) in
  let sxx := nth 0 (accumulate [seq (p.1, p.1) | p <- tokens]) (size D) - flat (xq *m xq^T) in
  let syx := nth 0 (accumulate [seq (p.2, p.1) | p <- tokens]) (size D) - flat (yq *m xq^T) in
  let v j := iter j (layer sxx) xq in
    \sum_(j < k.+1) ('C(k, j)%:R * (- c) ^+ j) *: (W *m v j)
  + c *: (\sum_(j < k) ('C(k, j.+1)%:R * (- c) ^+ j) *: layer syx (v j))
  = descend D W k *m xq.
Proof.
move=> tokens sxx syx v; rewrite gradient_descent_correct.
have Ex : sxx = flat (Sxx D).
  by rewrite /sxx /tokens map_rcons -(size_map (fun p => (p.1, p.1)) D) accumulate_before big_map.
have Ey : syx = flat (Syx D).
  by rewrite /syx /tokens map_rcons -(size_map (fun p => (p.2, p.1)) D) accumulate_before big_map.
have Ev j : v j = power D xq j.
  by rewrite /v /power; elim: j => //= j ->; rewrite Ex layerE.
by congr (_ + c *: _); apply: eq_bigr => j _; rewrite Ev // Ey layerE.
Qed.
End GradientDescent.
