(** * Bumps that sum to one: the sup-norm repair of Listing 1, and Listing 1 inside a cell

    Source: arXiv 2406.01424, appendix B, Listing 1.
    f_step and f_bump are those of IfElse.v:
      step mu x = ReLU(mu x) - mu ReLU(x - 1/mu),  bump mu l h x = step (x - l) - step (x - h).

    - [partition_of_unity], [partition_only_there]: on a grid lo, lo + delta, ..., lo + n delta the bumps sum
      to 1 exactly for the q with lo + 1/mu <= q <= lo + n delta. Any mu > 0, delta > 0: the sum telescopes,
      mu delta > 1 is NOT needed.
    - [repair_error], [repair_error_d]: lo = -1/mu, delta = (1 + 1/mu)/n; for every q in [0,1]^d the weighted
      sum of samples is within L sqrt(d) (delta/2 + 1/mu) of f(q). The samples are taken at max(0, centre):
      the first centre -1/mu + delta/2 is negative when delta < 2/mu, where f need not be defined. *)
From Coq Require Import Reals Lra Lia List. Import ListNotations.
From LSRL Require Import IfElse.
Local Open Scope R_scope.

Definition bump mu l h x := step mu (x - l) - step mu (x - h).

(** finite sums a_0 + ... + a_{n-1} *)
Fixpoint sum (n : nat) (a : nat -> R) : R := match n with O => 0 | S k => sum k a + a k end.
Lemma sum_ext n a b : (forall i, (i < n)%nat -> a i = b i) -> sum n a = sum n b.
Proof. induction n; cbn; intro H; auto. rewrite IHn, (H n); auto. Qed.
Lemma sum_plus n a b : sum n (fun i => a i + b i) = sum n a + sum n b.
Proof. induction n; cbn; lra. Qed.
Lemma sum_scal n c a : sum n (fun i => c * a i) = c * sum n a.
Proof. induction n; cbn; [ring|]. rewrite IHn. ring. Qed.
Lemma sum_le n a b : (forall i, (i < n)%nat -> a i <= b i) -> sum n a <= sum n b.
Proof. induction n; cbn; intro H; [lra|]. assert (A := H n). assert (B := IHn (fun i Hi => H i ltac:(lia))). specialize (A ltac:(lia)). lra. Qed.
Lemma sum_abs n a : Rabs (sum n a) <= sum n (fun i => Rabs (a i)).
Proof. induction n; cbn; [rewrite Rabs_R0; lra|]. eapply Rle_trans; [apply Rabs_triang|]. lra. Qed.
Lemma sum_tele n (g : nat -> R) : sum n (fun i => g i - g (S i)) = g O - g n.
Proof. induction n; cbn; [ring|]. rewrite IHn. ring. Qed.

Section OneDimension.
Variables mu delta lo : R.          (* steepness, cell width, left end of the grid *)
Variable n : nat.                   (* number of cells *)
Hypothesis mu_pos : 0 < mu.
Hypothesis delta_pos : 0 < delta.
Definition lb (i : nat) := lo + INR i * delta.                  (* lower corner of cell i *)
Definition centre (i : nat) := lb i + delta / 2.
Definition weight (i : nat) (q : R) := bump mu (lb i) (lb (S i)) q.

Lemma inv_mu : 0 < 1 / mu. Proof. apply Rdiv_lt_0_compat; lra. Qed.
Lemma lb_S i : lb (S i) = lb i + delta. Proof. unfold lb. rewrite S_INR. ring. Qed.
Lemma step_range x : 0 <= step mu x <= 1.
Proof. rewrite step_clamp by exact mu_pos. cases. Qed.
Lemma step_mono x y : x <= y -> step mu x <= step mu y.
Proof.
  intro H. rewrite !step_clamp by exact mu_pos. apply (Rmult_le_compat_l mu) in H; [|lra].
  apply Rle_min_compat_r, Rle_max_compat_r, H.
Qed.
Lemma weight_nonneg i q : 0 <= weight i q.
Proof.
  unfold weight, bump. assert (step mu (q - lb (S i)) <= step mu (q - lb i)); [|lra].
  apply step_mono. rewrite lb_S. lra.
Qed.
(** outside (lb_i, lb_i + delta + 1/mu) the weight is 0 *)
Lemma weight_zero i q : q <= lb i \/ lb i + delta + 1/mu <= q -> weight i q = 0.
Proof.
  pose proof inv_mu. unfold weight, bump. rewrite lb_S. intros [H1|H1].
  - rewrite !step_zero; lra.
  - rewrite !step_one; lra.
Qed.
(** the sum telescopes: any mu, any delta, any q *)
Lemma weights_sum q : sum n (fun i => weight i q) = step mu (q - lo) - step mu (q - lb n).
Proof.
  unfold weight, bump. rewrite (sum_tele n (fun i => step mu (q - lb i))).
  unfold lb at 1. cbn [INR]. rewrite Rmult_0_l, Rplus_0_r. reflexivity.
Qed.
(** ** Partition of unity: exactly where  lo + 1/mu <= q <= lo + n delta *)
Theorem partition_of_unity q : lo + 1/mu <= q <= lb n -> sum n (fun i => weight i q) = 1.
Proof. intros [A B]. rewrite weights_sum, step_one, step_zero; lra. Qed.
Theorem partition_only_there q : sum n (fun i => weight i q) = 1 -> lo + 1/mu <= q /\ q <= lb n.
Proof.
  rewrite weights_sum. intro H. assert (R1 := step_range (q - lo)). assert (R2 := step_range (q - lb n)).
  assert (A : step mu (q - lo) = 1) by lra. assert (B : step mu (q - lb n) = 0) by lra. clear H R1 R2.
  rewrite step_clamp in A, B by exact mu_pos.
  assert (A' : 1 <= mu * (q - lo)) by (revert A; cases). assert (B' : mu * (q - lb n) <= 0) by (revert B; cases).
  assert (K : mu * (1/mu) = 1) by (field; lra).
  split; apply (Rmult_le_reg_l mu); lra.
Qed.

(** ** The error of a weighted sum of samples
    If every cell that can be active (weight not 0) has a sample within B of c, so has the weighted sum. *)
Definition active (i : nat) (q : R) := lb i < q < lb i + delta + 1/mu.
Lemma weighted_error (g : nat -> R) c B q : lo + 1/mu <= q <= lb n ->
  (forall i, (i < n)%nat -> active i q -> Rabs (g i - c) <= B) ->
  Rabs (sum n (fun i => g i * weight i q) - c) <= B.
Proof.
  intros Q H.
  assert (E : sum n (fun i => g i * weight i q) - c = sum n (fun i => (g i - c) * weight i q)).
  { assert (E : sum n (fun i => (g i - c) * weight i q) + sum n (fun i => c * weight i q)
                = sum n (fun i => g i * weight i q)) by (rewrite <- sum_plus; apply sum_ext; intros; ring).
    rewrite sum_scal, partition_of_unity in E by exact Q. lra. }
  rewrite E. clear E. eapply Rle_trans; [apply sum_abs|].
  replace B with (B * sum n (fun i => weight i q)) by (rewrite partition_of_unity by exact Q; ring).
  rewrite <- sum_scal. apply sum_le. intros i Hi.
  rewrite Rabs_mult, (Rabs_pos_eq (weight i q)) by apply weight_nonneg.
  destruct (Rle_or_lt q (lb i)) as [H1|H1]; [rewrite weight_zero by (left; lra); lra|].
  destruct (Rle_or_lt (lb i + delta + 1/mu) q) as [K|K]; [rewrite weight_zero by (right; lra); lra|].
  apply Rmult_le_compat_r; [apply weight_nonneg|]. apply H; [exact Hi|split; assumption].
Qed.
Lemma active_centre i q : active i q -> Rabs (centre i - q) <= delta / 2 + 1 / mu.
Proof. pose proof inv_mu. unfold active, centre. intro. apply Rabs_le. lra. Qed.
End OneDimension.

(** ** The repaired grid: [-1/mu, 1] in n cells covers every query of [0,1] *)
Section Repair.
Variables (mu : R) (n : nat).
Hypothesis mu_pos : 0 < mu.
Hypothesis n_pos : (0 < n)%nat.
Definition rdelta := (1 + 1/mu) / INR n.
Lemma rdelta_pos : 0 < rdelta.
Proof. apply Rdiv_lt_0_compat; [pose proof (inv_mu mu mu_pos); lra|]. apply lt_0_INR. lia. Qed.
Lemma rdelta_end : lb rdelta (- (1/mu)) n = 1.
Proof. unfold lb, rdelta. field. split; [lra|]. apply not_0_INR. lia. Qed.
Theorem repair_partition q : 0 <= q <= 1 -> sum n (fun i => weight mu rdelta (- (1/mu)) i q) = 1.
Proof. intro Q. apply partition_of_unity; [exact mu_pos|]. rewrite rdelta_end. lra. Qed.
(** The centre of the first cell may lie left of 0, where f need not be defined: sample at max(0, centre).
    Then f has to be Lipschitz on [0,1] only. *)
Definition sample (i : nat) := Rmax 0 (centre rdelta (- (1/mu)) i).
Lemma sample_range i : (i < n)%nat -> 0 <= sample i <= 1.
Proof.
  intro H. unfold sample. split; [apply Rmax_l|]. apply Rmax_lub; [lra|].
  apply Rle_trans with (lb rdelta (- (1/mu)) n); [|rewrite rdelta_end; lra].
  unfold centre, lb. pose proof rdelta_pos as D.
  assert (K : (INR i + 1) * rdelta <= INR n * rdelta).
  { apply Rmult_le_compat_r; [lra|]. rewrite <- S_INR. apply le_INR. lia. }
  lra.
Qed.
Lemma sample_near i q : 0 <= q -> Rabs (sample i - q) <= Rabs (centre rdelta (- (1/mu)) i - q).
Proof. intro Q. unfold sample. generalize (centre rdelta (- (1/mu)) i). intro c. cases. Qed.
Lemma active_sample i q : 0 <= q -> active mu rdelta (- (1/mu)) i q -> Rabs (sample i - q) <= rdelta / 2 + 1 / mu.
Proof. intros Q A. eapply Rle_trans; [apply sample_near, Q|]. apply active_centre; assumption. Qed.
Theorem repair_error f L q : 0 <= L -> 0 <= q <= 1 ->
  (forall x y, 0 <= x <= 1 -> 0 <= y <= 1 -> Rabs (f x - f y) <= L * Rabs (x - y)) ->
  Rabs (sum n (fun i => f (sample i) * weight mu rdelta (- (1/mu)) i q) - f q) <= L * (rdelta / 2 + 1 / mu).
Proof.
  intros L0 Q Lip. apply weighted_error; [exact mu_pos|apply rdelta_pos|rewrite rdelta_end; lra|].
  intros i Hi A. eapply Rle_trans; [apply Lip; auto using sample_range|].
  apply Rmult_le_compat_l; [exact L0|]. apply active_sample; lra || assumption.
Qed.

(** ** d dimensions: products of the weights, sums over the n^d cells *)
Fixpoint grid_sum (d : nat) (G : list nat -> R) : R :=
  match d with O => G [] | S k => sum n (fun i => grid_sum k (fun c => G (i :: c))) end.
Fixpoint wprod (c : list nat) (q : list R) : R :=
  match c, q with i :: c', x :: q' => weight mu rdelta (- (1/mu)) i x * wprod c' q' | _, _ => 1 end.
Definition unit_cube (q : list R) := Forall (fun x => 0 <= x <= 1) q.
Lemma grid_sum_ext d : forall G H, (forall c, G c = H c) -> grid_sum d G = grid_sum d H.
Proof. induction d; intros G H E; cbn; auto. apply sum_ext. intros. apply IHd. auto. Qed.
Lemma grid_sum_scal d : forall a G, grid_sum d (fun c => a * G c) = a * grid_sum d G.
Proof. induction d; intros a G; cbn; auto. rewrite <- sum_scal. apply sum_ext. intros. apply IHd. Qed.
Lemma grid_sum_cons x q (G : list nat -> R) : grid_sum (length (x :: q)) (fun c => G c * wprod c (x :: q))
  = sum n (fun i => grid_sum (length q) (fun c => G (i :: c) * wprod c q) * weight mu rdelta (- (1/mu)) i x).
Proof.
  cbn [length grid_sum]. apply sum_ext. intros i _. rewrite Rmult_comm, <- grid_sum_scal.
  apply grid_sum_ext. intro c. cbn [wprod]. ring.
Qed.
Theorem repair_partition_d q : unit_cube q -> grid_sum (length q) (fun c => wprod c q) = 1.
Proof.
  intro U. rewrite (grid_sum_ext _ _ (fun c => 1 * wprod c q)) by (intro; ring).
  induction U as [|x q X U IH]; [cbn; ring|]. rewrite grid_sum_cons, IH.
  rewrite (sum_ext _ _ (fun i => weight mu rdelta (- (1/mu)) i x)) by (intros; ring). apply repair_partition, X.
Qed.
Lemma weighted_error_d q : unit_cube q -> forall (G : list nat -> R) a B,
  (forall c, Forall2 (fun i x => (i < n)%nat /\ active mu rdelta (- (1/mu)) i x) c q -> Rabs (G c - a) <= B) ->
  Rabs (grid_sum (length q) (fun c => G c * wprod c q) - a) <= B.
Proof.
  intro U. induction U as [|x q X U IH]; intros G a B H.
  - cbn. rewrite Rmult_1_r. apply H. constructor.
  - rewrite grid_sum_cons. apply weighted_error; [exact mu_pos|apply rdelta_pos|rewrite rdelta_end; lra|].
    intros i Hi A. apply (IH (fun c => G (i :: c))). intros c Hc. apply H. constructor; auto.
Qed.
Fixpoint dist2 (x y : list R) : R := match x, y with a :: x', b :: y' => (a - b) * (a - b) + dist2 x' y' | _, _ => 0 end.
Lemma dist2_bound B p q : 0 <= B -> Forall2 (fun a b => Rabs (a - b) <= B) p q -> dist2 p q <= INR (length q) * (B * B).
Proof.
  intros B0 H. induction H as [|a b p q A H IH]; [cbn; lra|].
  cbn [dist2 length]. rewrite S_INR. assert ((a - b) * (a - b) <= B * B); [|lra].
  assert (-B <= a - b <= B) by (revert A; unfold Rabs; destruct Rcase_abs; lra). nra.
Qed.
(** f is L-Lipschitz on the cube for the Euclidean distance: error at most L sqrt(d) (delta/2 + 1/mu), everywhere *)
Theorem repair_error_d f L q : 0 <= L -> unit_cube q ->
  (forall x y, unit_cube x -> unit_cube y -> length x = length y -> Rabs (f x - f y) <= L * sqrt (dist2 x y)) ->
  Rabs (grid_sum (length q) (fun c => f (map sample c) * wprod c q) - f q)
  <= L * (sqrt (INR (length q)) * (rdelta / 2 + 1 / mu)).
Proof.
  intros L0 U Lip. pose proof (inv_mu mu mu_pos) as IM. pose proof rdelta_pos as D.
  apply weighted_error_d; [exact U|]. intros c Hc.
  assert (M : unit_cube (map sample c) /\ length (map sample c) = length q
    /\ Forall2 (fun a b => Rabs (a - b) <= rdelta/2 + 1/mu) (map sample c) q).
  { clear Lip. induction Hc as [|i x c q [Hi A] Hc IH]; [cbn; repeat constructor|].
    inversion U as [|? ? X U']; subst. destruct (IH U') as (I1 & I2 & I3). cbn. repeat split.
    - constructor; [apply sample_range, Hi|exact I1].
    - f_equal. exact I2.
    - constructor; [apply active_sample; [lra|exact A]|exact I3]. }
  destruct M as (M1 & M2 & M3). eapply Rle_trans; [apply Lip; assumption|].
  apply Rmult_le_compat_l; [exact L0|]. apply (dist2_bound (rdelta/2 + 1/mu)) in M3; [|lra].
  eapply Rle_trans; [apply sqrt_le_1_alt, M3|]. rewrite sqrt_mult_alt by apply pos_INR.
  rewrite sqrt_square by lra. lra.
Qed.
End Repair.
