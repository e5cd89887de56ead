(** * What the checker accepts is true

    [check_sound]: if [check] accepts source, target and certificate, then both programs compute the
    same outputs, on every sequence of inputs of the right dimension within the assumed bounds, of
    every length, over every ordered ring; and both have a meaning without any default.
    [check_bounds]: and the claimed bounds hold of the remembered values after every step.

    Proof: the atom table has a valuation for every input and all previous values that keep within the
    bounds claimed of them, and the bounds in the table hold of it ([valuation]), since each atom is
    defined by earlier ones, and they bound it. By FormsSound.v the symbolic step is then the real one.
    The invariant [Inv] says that the links and the claimed bounds hold: every linked coordinate of the
    source or of the target equals what the coupling program says, run on the values themselves, linked
    or not. One step preserves it ([step_ok]); induction on the sequence does the rest. No axioms. *)
From Coq Require Import List QArith PArith FMapPositive Bool Lia Ring Arith.
Import ListNotations.
From LSRL Require Import Language WellFormed Pieces Forms FormsSound Checker.

Section Sound.
Variable F : oring.
Local Notation nn_sub := (Pieces.nn_sub F).
Notation "0" := (k0 F). Notation "1" := (k1 F).
Add Ring KR3 : (k_ring F).

(** ** a valuation of the atom table exists *)
Section Val.
Variables (x : list F) (pS pT : list (list F)).
Lemma evf_ext rho rho' i f : scopedf i f = true ->
  (forall j, (j < i)%positive -> rho' j = rho j) -> evf F rho' f = evf F rho f.
Proof.
  intros S H. induction f as [|[j q] f IH]; simpl in *; [reflexivity|].
  apply andb_true_iff in S as [S1 S2]. apply Pos.ltb_lt in S1. rewrite H, IH by assumption. reflexivity.
Qed.
Lemma evd_ext rho rho' i d : scoped i d = true ->
  (forall j, (j < i)%positive -> rho' j = rho j) ->
  evd F rho' x pS pT d = evd F rho x pS pT d.
Proof.
  intros S H. destruct d; simpl in *; try reflexivity.
  - rewrite (evf_ext rho rho' i f); auto.
  - apply andb_true_iff in S as [S1 S2]. rewrite (evf_ext rho rho' i f), (evf_ext rho rho' i g); auto.
  - apply evf_ext with i; auto.
Qed.
Lemma scopedf_mono i j f : scopedf i f = true -> (i <= j)%positive -> scopedf j f = true.
Proof.
  unfold scopedf. rewrite !forallb_forall. intros H L p Hp. specialize (H p Hp).
  apply Pos.ltb_lt in H. apply Pos.ltb_lt. lia.
Qed.
Lemma scoped_mono i j d : scoped i d = true -> (i <= j)%positive -> scoped j d = true.
Proof.
  destruct d; simpl; auto; intros.
  - eapply scopedf_mono; eauto.
  - apply andb_true_iff in H as [? ?]. rewrite !(scopedf_mono i j); auto.
  - eapply scopedf_mono; eauto.
Qed.

Variable fnd : def -> option positive.
Variable wit : form -> list (list move).
Variable ins : list bounds.
Variables sbs tbs : list (list bounds).
Hypothesis Hins : forall j, within F (nth j ins free) (nth j x 0).
Hypothesis Hsbs : forall k j, within F (nth j (nth k sbs []) free) (nth j (nth k pS []) 0).
Hypothesis Htbs : forall k j, within F (nth j (nth k tbs []) free) (nth j (nth k pT []) 0).

Lemma implied_ok b d v : implied b d = true -> within F d v -> within F b v.
Proof.
  destruct b as [bl bu], d as [dl du]. unfold implied. cbn [fst snd]. intros I [L U].
  apply andb_true_iff in I as [I1 I2]. split; cbn [fst snd] in *; intros q ->.
  - destruct dl as [p|]; [|discriminate]. specialize (L p eq_refl). apply Qle_bool_iff in I1.
    apply nn_sub in I1. apply (nn_eq _ _ (nn_add F _ _ L I1)). ring.
  - destruct du as [p|]; [|discriminate]. specialize (U p eq_refl). apply Qle_bool_iff in I2.
    apply nn_sub in I2. apply (nn_eq _ _ (nn_add F _ _ U I2)). ring.
Qed.
(** [rho] is right about the atoms of [m], which are below i. *)
Definition valued (i : positive) (m : PositiveMap.t entry) (rho : positive -> F) : Prop :=
  rho 1%positive = 1 /\
  forall j d b, PositiveMap.find j m = Some (d, b) ->
    (j < i)%positive /\ scoped j d = true /\ rho j = evd F rho x pS pT d /\ within F b (rho j).
Lemma valued_get i m rho : valued i m rho ->
  (forall j d, get_in m j = Some d -> rho j = evd F rho x pS pT d) /\
  (forall j, within F (bnd_in m j) (rho j)).
Proof.
  intros [_ V]. unfold get_in, bnd_in. split.
  - intros j d. destruct (PositiveMap.find j m) as [[e b]|] eqn:E; [|discriminate].
    intros [= <-]. apply (V _ _ _ E).
  - intro j. destruct (PositiveMap.find j m) as [[e b]|] eqn:E; [|apply free_ok].
    apply (V _ _ _ E).
Qed.
Lemma checked_ok t : forall i rho m m', checked fnd wit ins sbs tbs i t m = Some m' ->
  (1 < i)%positive -> valued i m rho -> exists i' rho', valued i' m' rho'.
Proof.
  induction t as [|[d b] t IH]; intros i rho m m' H I V; cbn [checked] in H.
  - injection H as <-. eauto.
  - destruct (scoped i d && _) eqn:C; [|discriminate]. apply andb_true_iff in C as [C1 C2].
    set (rho' := fun j => if Pos.eqb j i then evd F rho x pS pT d else rho j).
    assert (A : forall j, (j < i)%positive -> rho' j = rho j).
    { intros j L. unfold rho'. destruct (Pos.eqb_spec j i); [lia|reflexivity]. }
    apply (IH _ rho' _ _ H); [lia|]. split; [rewrite A by exact I; apply V|].
    intros j d' b' G. destruct (Pos.eq_dec j i) as [->|N].
    + rewrite PositiveMap.gss in G. assert (d' = d) as -> by congruence. assert (b' = b) as -> by congruence.
      assert (E : rho' i = evd F rho x pS pT d) by (unfold rho'; now rewrite Pos.eqb_refl).
      split; [lia|]. split; [exact C1|]. rewrite (evd_ext rho rho' i d C1 A). split; [exact E|].
      rewrite E. apply (implied_ok _ _ _ C2). destruct (valued_get _ _ _ V) as [V1 V2].
      apply bounds_of_ok; auto. apply V.
    + rewrite PositiveMap.gso in G by assumption. destruct (proj2 V _ _ _ G) as (L & Sc & E & W).
      split; [lia|]. split; [exact Sc|]. rewrite A by exact L. split; [|exact W]. rewrite E. symmetry.
      apply evd_ext with i; auto. eapply scoped_mono; [exact Sc|lia].
Qed.
Lemma valuation t m : checked fnd wit ins sbs tbs 2 t first_atom = Some m -> exists rho : positive -> F,
  (forall i d, get_in m i = Some d -> rho i = evd F rho x pS pT d) /\
  (forall i, within F (bnd_in m i) (rho i)) /\ rho 1%positive = 1.
Proof.
  intro H. destruct (checked_ok t 2 (fun _ => 1) _ _ H) as (i & rho & V); [lia| |].
  - split; [reflexivity|]. intros j d b. unfold first_atom. destruct (Pos.eq_dec j 1) as [->|N].
    + rewrite PositiveMap.gss. intros [= <- <-]. split; [lia|]. split; [reflexivity|].
      split; [reflexivity|]. split; cbn [fst snd]; intros q [= <-]; rewrite inj_1;
        apply (nn_eq (inj F 0)); try apply nn_inj, Qle_refl; rewrite inj_0; ring.
    + rewrite PositiveMap.gso, PositiveMap.gempty by assumption. discriminate.
  - exists rho. destruct (valued_get _ _ _ V) as [V1 V2]. split; [exact V1|]. split; [exact V2|apply V].
Qed.
End Val.

(** ** previous values *)
Lemma nth_skipn_gen {A} (d : A) k : forall l i, nth i (skipn k l) d = nth (k + i) l d.
Proof. induction k; intros [|a l] i; simpl; auto. destruct i; reflexivity. Qed.
Lemma nth_skipn0 {A} (d : A) k l : nth 0 (skipn k l) d = nth k l d.
Proof. rewrite nth_skipn_gen. f_equal. lia. Qed.
Lemma nth_skipn_S {A} (d : A) k l i : nth (S i) (skipn k l) d = nth i (skipn (S k) l) d.
Proof. rewrite !nth_skipn_gen. f_equal. lia. Qed.
Lemma map_nth_seq (v : list F) : map (fun j => nth j v 0) (seq 0 (length v)) = v.
Proof.
  induction v as [|a v IH]; simpl; [reflexivity|]. f_equal.
  rewrite <- seq_shift, map_map. exact IH.
Qed.

Section Step.
Variables (get : positive -> option def) (bnd : positive -> bounds).
Variables (fnd : def -> option positive) (wit : form -> list (list move)) (ins : list bounds).
Variables (n : nat) (src tgt : prog) (c : cert).
Definition cmap (P Q : list (list F)) : list F :=
  nth (out (cpl c)) (exec F (nodes (cpl c)) (rd 0 (inp c) P ++ rd 0 (tgt_inp c) Q) [] []) [].
(** The links hold of the values [P], [C] being the output of the coupling program. *)
Definition linked (lks : list (list (option nat))) (P : list (list F)) (C : list F) : Prop :=
  forall k j i, nth j (nth k lks []) None = Some i -> nth j (nth k P []) 0 = nth i C 0.
Definition bounded (bs : list (list bounds)) (P : list (list F)) : Prop :=
  forall k j, within F (nth j (nth k bs []) free) (nth j (nth k P []) 0).
Definition Inv (P Q : list (list F)) : Prop :=
  (linked (src_links c) P (cmap P Q) /\ linked (links c) Q (cmap P Q)) /\
  bounded (src_bounds c) P /\ bounded (tgt_bounds c) Q.

Lemma all_hold_ok {A} (d : A) holds (ev : A -> F) : ev d = 0 ->
  (forall b a, holds b a = true -> within F b (ev a)) ->
  forall bs E, all_hold A d holds bs E = true -> bounded bs (map (map ev) E).
Proof.
  intros D H.
  assert (N : forall j v, nth j (map ev v) 0 = ev (nth j v d)) by (intros; rewrite <- D; apply map_nth).
  assert (R : forall l v, row_holds A d holds l v = true ->
    forall j, within F (nth j l free) (ev (nth j v d))).
  { induction l as [|b l IH]; intros v T j; [destruct j; apply free_ok|].
    cbn [row_holds] in T. apply andb_true_iff in T as [T1 T2]. destruct j as [|j].
    - apply H in T1. destruct v; exact T1.
    - specialize (IH _ T2 j). destruct v; [|exact IH]. destruct j; exact IH. }
  induction bs as [|l bs IH]; intros E T k j; [destruct k, j; apply free_ok|].
  cbn [all_hold] in T. apply andb_true_iff in T as [T1 T2].
  change (@nil F) with (map ev []). rewrite map_nth, N. destruct k as [|k].
  - pose proof (R _ _ T1 j) as P. destruct E; exact P.
  - pose proof (IH _ T2 k j) as P. change (@nil F) with (map ev []) in P. rewrite map_nth, N in P.
    destruct E; [|exact P]. destruct k; exact P.
Qed.
Lemma hold_at_start_ok bs p : hold_at_start bs p = true -> bounded bs (init F p).
Proof.
  apply all_hold_ok; [apply inj_0|]. intros b q H. unfold holds in H.
  apply andb_true_iff in H as [H1 H2].
  split; intros l E; rewrite E in *; apply nn_sub, Qle_bool_iff; assumption.
Qed.
Lemma chk_row_ok rho l : forall v C, chk_row l v C = true ->
  forall j i, nth j l None = Some i -> evf F rho (nth j v []) = evf F rho (nth i C []).
Proof.
  induction l as [|o l IH]; simpl; intros v C H j i E.
  - destruct j; discriminate.
  - apply andb_true_iff in H as [H1 H2]. destruct j as [|j].
    + subst o. apply (feqb_ok F rho) in H1. destruct v; exact H1.
    + specialize (IH _ _ H2 j i E). destruct v; simpl in *; auto. destruct j; auto.
Qed.
Lemma chk_links_ok rho lks : forall E C, chk_links lks E C = true ->
  forall k j i, nth j (nth k lks []) None = Some i ->
   evf F rho (nth j (nth k E []) []) = evf F rho (nth i C []).
Proof.
  induction lks as [|l lks IH]; simpl; intros E C H k j i N.
  - destruct k, j; discriminate.
  - apply andb_true_iff in H as [H1 H2]. destruct k as [|k].
    + pose proof (chk_row_ok rho _ _ _ H1 j i N) as R. destruct E; exact R.
    + specialize (IH _ _ H2 k j i N). destruct E; simpl in *; auto. destruct k; auto.
Qed.
Lemma feqv_ok rho u : forall v, feqv u v = true -> map (evf F rho) u = map (evf F rho) v.
Proof.
  induction u as [|a u IH]; intros [|b v]; simpl; intro H; try discriminate; auto.
  apply andb_true_iff in H as [H1 H2]. f_equal; auto. apply feqb_ok, H1.
Qed.

Section OneStep.
Variables (x : list F) (pS pT : list (list F)) (rho : positive -> F).
Hypothesis Hget : forall i d, get i = Some d -> rho i = evd F rho x pS pT d.
Hypothesis Hone : rho 1%positive = 1.
Hypothesis Hbnd : forall i, within F (bnd i) (rho i).
Let ev := evf F rho.

Lemma chk_bound_ok b f : chk_bound get bnd fnd wit b f = true -> within F b (ev f).
Proof.
  unfold chk_bound, above. intro H. apply andb_true_iff in H as [L U].
  assert (A : forall q f, match low get bnd fnd wit f with Some p => Qle_bool q p | None => false end = true ->
    knn F (ksub F (ev f) (inj F q))).
  { intros q g E. destruct (low get bnd fnd wit g) as [p|] eqn:P; [|discriminate].
    apply (low_ok F rho get bnd fnd wit x pS pT Hget Hone Hbnd) in P. apply Qle_bool_iff, nn_sub in E.
    apply (nn_eq _ _ (nn_add F _ _ P E)). unfold ev. ring. }
  split; intros q E; rewrite E in *; [apply A, L|].
  apply A in U. unfold ev in U. rewrite evf_neg, inj_opp in U. apply (nn_eq _ _ U). unfold ev. ring.
Qed.
Lemma seq_ok (f : nat -> option form) k P (v0 : list Q) v :
  (forall j g, f j = Some g -> ev g = nth j (nth k P []) 0) ->
  mapo f (seq 0 (length v0)) = Some v -> length (nth k P []) = length v0 ->
  nth k P [] = map ev v.
Proof.
  intros A V L. rewrite (mapo_ok F f (fun j => nth j (nth k P []) 0) ev A _ _ V), <- L.
  symmetry. apply map_nth_seq.
Qed.
Lemma before_ok mk lks C P ini : linked lks P (map ev C) ->
  (forall k j, evd F rho x pS pT (mk k j) = nth j (nth k P []) 0) ->
  forall k ps, before get fnd mk k ini lks C = Some ps ->
  forall i, length (nth (k + i) P []) = length (nth i ini []) ->
  nth (k + i) P [] = map ev (nth i ps []).
Proof.
  intros HI HM. induction ini as [|v0 r IH]; intros k ps; cbn [before].
  - intros [= <-] i L. destruct i; apply length_zero_iff_nil in L; exact L.
  - cbv zeta. intros H. destruct (mapo _ _) as [v|] eqn:V; [|discriminate].
    destruct (before get fnd mk (S k) r lks C) as [t|] eqn:T; [|discriminate]. injection H as <-.
    intros [|i] L; cbn [nth] in *.
    + rewrite Nat.add_0_r in *. apply (seq_ok _ k P v0 v) in V; auto.
      intros j f. destruct (nth j (nth k lks []) None) as [i0|] eqn:E.
      * intros [= <-]. rewrite (HI _ _ _ E). unfold ev. symmetry. apply nth_ev.
      * intro A. rewrite <- HM. apply (atom_ok F rho get fnd x pS pT Hget (mk k j) f A).
    + rewrite <- plus_Snm_nSm in *. apply (IH _ _ T i L).
Qed.
Lemma nothing_linked P C : linked [] P C.
Proof. intros [|k] [|j] i; discriminate. Qed.
Lemma fits_prevok p prev sp : fits F p prev ->
  (forall k, length (nth k prev []) = length (nth k (inits p) []) -> nth k prev [] = map ev (nth k sp [])) ->
  prevok F rho (remembered 0 (nodes p)) prev sp.
Proof. intros Ft H k K. apply H, Ft, K. Qed.
Lemma rd_ok E l : map ev (rd [] l E) = rd 0 l (map (map ev) E).
Proof.
  unfold rd. rewrite map_map. apply map_ext. intros [k j]. simpl.
  unfold ev. rewrite nth_env, nth_ev. reflexivity.
Qed.
Lemma cpl_ok ci cc P Q : remembered 0 (nodes (cpl c)) = [] ->
  couple get bnd fnd wit c ci = Some cc ->
  map ev ci = rd 0 (inp c) P ++ rd 0 (tgt_inp c) Q -> map ev cc = cmap P Q.
Proof.
  unfold couple. intros N E H. destruct (sexec _ _ _ _ _ _ _ _) as [e|] eqn:S; [|discriminate].
  injection E as <-.
  unfold cmap. rewrite <- H. unfold ev.
  pose proof (sexec_ok F rho get bnd fnd wit x pS pT Hget Hone Hbnd [] _ _ [] [] [] _ S) as X.
  simpl map in X at 2. rewrite X; [symmetry; apply nth_env|intros k []|].
  cbn [length]. rewrite N. apply incl_refl.
Qed.
(** What holds of forms that are equal, holds of their values. *)
Lemma links_ok lks E said C : chk_links lks E said = true -> map ev said = C ->
  linked lks (map (map ev) E) C.
Proof.
  intros H <- k j i L. unfold ev. rewrite nth_env, !nth_ev. apply (chk_links_ok rho _ _ _ H k j i L).
Qed.
Lemma sinit_ok p : map (map ev) (sinit p) = init F p.
Proof.
  unfold sinit, init. rewrite map_map. apply map_ext. intro v.
  rewrite map_map. apply map_ext. intro r. apply evf_const, Hone.
Qed.

Hypothesis Hchk : check_core get bnd fnd wit n src tgt c = true.
Hypothesis Hcpl : remembered 0 (nodes (cpl c)) = [].
Hypothesis Hlen : length x = n.
Let es := exec F (nodes src) x pS [].
Let et := exec F (nodes tgt) x pT [].

Lemma step_ok :
  (fits F src pS -> fits F tgt pT ->
   linked (src_links c) pS (cmap pS pT) -> linked (links c) pT (cmap pS pT) ->
   nth (out src) es [] = nth (out tgt) et [] /\ Inv es et)
  /\ linked (src_links c) (init F src) (cmap (init F src) (init F tgt))
  /\ linked (links c) (init F tgt) (cmap (init F src) (init F tgt)).
Proof.
  unfold check_core, symbolic in Hchk. cbv zeta in Hchk.
  destruct (mapo _ (seq 0 n)) as [sx|] eqn:SX; [|discriminate].
  destruct (before _ _ DSt _ _ _ _) as [ps|] eqn:PS; [|discriminate].
  destruct (mapo _ (inp c)) as [cs|] eqn:CS; [|discriminate].
  destruct (mapo _ (tgt_inp c)) as [ct|] eqn:CT; [|discriminate].
  destruct (source_step _ _ _ _ _ _ _ _ _) as [[ses cc]|] eqn:B; [|discriminate].
  destruct (before _ _ DTg _ _ _ _) as [pt|] eqn:PT; [|discriminate].
  destruct (sexec _ _ _ _ (nodes tgt) _ _ _) as [set_|] eqn:ET; [|discriminate].
  destruct (couple _ _ _ _ _ (rd [] (inp c) ses ++ _)) as [cc1|] eqn:C1; [|discriminate].
  destruct (couple _ _ _ _ _ (rd [] (inp c) (sinit src) ++ _)) as [cc0|] eqn:C0; [|discriminate].
  cbn [src_values tgt_values said_at_start said_after] in Hchk.
  rewrite !andb_true_iff in Hchk. destruct Hchk as [[[[[[HO T1] T0] S1] S0] BS] BT].
  apply (all_hold_ok [] _ ev eq_refl chk_bound_ok) in BS, BT.
  assert (Hx : map ev sx = x).
  { pose proof (mapo_ok F _ (fun j => nth j x 0) ev
      (fun j f => atom_ok F rho get fnd x pS pT Hget (DIn j) f) _ _ SX) as M.
    rewrite M. rewrite <- Hlen. apply map_nth_seq. }
  split.
  - intros F1 F2 LS LT.
    assert (A : map ev (cs ++ ct) = rd 0 (inp c) pS ++ rd 0 (tgt_inp c) pT).
    { rewrite map_app. f_equal.
      - exact (mapo_ok F _ (fun kj => nth (snd kj) (nth (fst kj) pS []) 0) ev
         (fun kj f => atom_ok F rho get fnd x pS pT Hget (DSt (fst kj) (snd kj)) f) _ _ CS).
      - exact (mapo_ok F _ (fun kj => nth (snd kj) (nth (fst kj) pT []) 0) ev
         (fun kj f => atom_ok F rho get fnd x pS pT Hget (DTg (fst kj) (snd kj)) f) _ _ CT). }
    assert (HB : map ev cc = cmap pS pT /\ exec F (nodes src) (map ev sx) pS [] = map (map ev) ses).
    { unfold source_step in B. destruct (src_links c) as [|l lks] eqn:SL.
      - destruct (sexec _ _ _ _ (nodes src) _ _ _) as [e|] eqn:ES; [|discriminate B].
        destruct (couple _ _ _ _ _ _) as [s|] eqn:CC; [|discriminate B]. injection B as <- <-.
        split; [exact (cpl_ok _ _ _ _ Hcpl CC A)|].
        apply (sexec_ok F rho get bnd fnd wit x pS pT Hget Hone Hbnd _ _ _ _ _ [] _ ES
          (fits_prevok _ _ _ F1 (before_ok DSt [] [] pS _ (nothing_linked _ _) (fun _ _ => eq_refl) 0 _ PS))
          (incl_refl _)).
      - destruct (couple _ _ _ _ _ _) as [s|] eqn:CC; [|discriminate B].
        destruct (before _ _ DSt _ _ (_ :: _) _) as [p|] eqn:P; [|discriminate B].
        destruct (sexec _ _ _ _ (nodes src) _ _ _) as [e|] eqn:ES; [|discriminate B].
        injection B as <- <-. pose proof (cpl_ok _ _ _ _ Hcpl CC A) as HC. split; [exact HC|].
        rewrite <- HC in LS.
        apply (sexec_ok F rho get bnd fnd wit x pS pT Hget Hone Hbnd _ _ _ _ _ [] _ ES
          (fits_prevok _ _ _ F1 (before_ok DSt _ _ pS _ LS (fun _ _ => eq_refl) 0 _ P))
          (incl_refl _)). }
    destruct HB as [HC XS]. rewrite <- HC in LT.
    pose proof (sexec_ok F rho get bnd fnd wit x pS pT Hget Hone Hbnd _ _ _ _ _ [] _ ET
      (fits_prevok _ _ _ F2 (before_ok DTg _ _ pT _ LT (fun _ _ => eq_refl) 0 _ PT)) (incl_refl _)) as XT.
    fold ev in XT. rewrite Hx in XS, XT. simpl map in XT at 1.
    fold es in XS. fold et in XT.
    assert (A1 : map ev cc1 = cmap es et).
    { apply (cpl_ok _ _ es et Hcpl C1). rewrite map_app, !rd_ok, XS, XT. reflexivity. }
    split; [|split; [split|split]].
    + rewrite XS, XT. unfold ev. rewrite !nth_env. apply feqv_ok, HO.
    + rewrite XS at 1. apply (links_ok _ _ _ _ S1 A1).
    + rewrite XT at 1. apply (links_ok _ _ _ _ T1 A1).
    + rewrite XS. exact BS.
    + rewrite XT. exact BT.
  - assert (A0 : map ev cc0 = cmap (init F src) (init F tgt)).
    { apply (cpl_ok _ _ _ _ Hcpl C0). rewrite map_app, !rd_ok, !sinit_ok. reflexivity. }
    split; [rewrite <- (sinit_ok src) at 1|rewrite <- (sinit_ok tgt) at 1];
      [apply (links_ok _ _ _ _ S0 A0)|apply (links_ok _ _ _ _ T0 A0)].
Qed.
End OneStep.
End Step.

(** ** The theorems *)
Definition good_input (ins : list bounds) (n : nat) (x : list F) : Prop :=
  length x = n /\ forall j, within F (nth j ins free) (nth j x 0).

(** What a program remembers after a sequence of inputs. *)
Fixpoint after (p : prog) (prev : list (list F)) (xs : list (list F)) : list (list F) :=
  match xs with [] => prev | x :: r => after p (exec F (nodes p) x prev []) r end.

Section Accepted.
Variables (fnd : def -> option positive) (wit : form -> list (list move)) (ins : list bounds).
Variables (n : nat) (src tgt : prog) (c : cert).
Hypothesis Hchk : check fnd wit ins n src tgt c = true.

Lemma accepted_parts : wf n src = true /\ wf n tgt = true /\ remembered 0 (nodes (cpl c)) = [] /\
  bounded (src_bounds c) (init F src) /\ bounded (tgt_bounds c) (init F tgt) /\
  exists m, checked fnd wit ins (src_bounds c) (tgt_bounds c) 2 (table c) first_atom = Some m /\
            check_core (get_in m) (bnd_in m) fnd wit n src tgt c = true.
Proof.
  unfold check in Hchk. rewrite !andb_true_iff in Hchk. destruct Hchk as [[[W B1] B2] H].
  apply hold_at_start_ok in B1, B2. destruct (checked _ _ _ _ _ _ _ _) as [m|]; [|discriminate].
  unfold wf_cert in W. rewrite !andb_true_iff in W. destruct W as [[[[W1 W2] W] _] _].
  destruct (remembered 0 (nodes (cpl c))); [|discriminate W]. eauto 9.
Qed.
Lemma accepted_step x pS pT : good_input ins n x -> fits F src pS -> fits F tgt pT -> Inv c pS pT ->
  nth (out src) (exec F (nodes src) x pS []) [] = nth (out tgt) (exec F (nodes tgt) x pT []) []
  /\ Inv c (exec F (nodes src) x pS []) (exec F (nodes tgt) x pT []).
Proof.
  intros [L I] F1 F2 ([LS LT] & B1 & B2). destruct accepted_parts as (_ & _ & R & _ & _ & m & M & H).
  destruct (valuation x pS pT fnd wit ins _ _ I B1 B2 _ _ M) as (rho & G & B & O).
  apply (step_ok _ _ _ _ _ src tgt c x pS pT rho G O B H R L); assumption.
Qed.
Lemma accepted_start x : good_input ins n x -> Inv c (init F src) (init F tgt).
Proof.
  intros [L I]. destruct accepted_parts as (_ & _ & R & B1 & B2 & m & M & H).
  destruct (valuation x _ _ fnd wit ins _ _ I B1 B2 _ _ M) as (rho & G & B & O).
  split; [|split; assumption].
  apply (step_ok _ _ _ _ n src tgt c x (init F src) (init F tgt) rho G O B H R L).
Qed.
Lemma accepted_run xs : Forall (good_input ins n) xs -> forall pS pT,
  fits F src pS -> fits F tgt pT -> Inv c pS pT ->
  run F src pS xs = run F tgt pT xs /\ Inv c (after src pS xs) (after tgt pT xs).
Proof.
  destruct accepted_parts as (W1 & W2 & _).
  induction 1 as [|x xs G _ IH]; intros pS pT F1 F2 I; cbn [run after]; [auto|].
  destruct (accepted_step _ _ _ G F1 F2 I) as [E I']. destruct G as [L _].
  destruct (IH _ _ (proj2 (proj2 (wf_step F n src x pS W1 L F1)))
    (proj2 (proj2 (wf_step F n tgt x pT W2 L F2))) I') as [R A].
  rewrite E, R. auto.
Qed.
End Accepted.

(** Equal meanings, as total functions. *)
Lemma check_sound_sem fnd wit ins n src tgt c :
  check fnd wit ins n src tgt c = true ->
  forall xs, Forall (good_input ins n) xs -> sem F src xs = sem F tgt xs.
Proof.
  intros H xs G. destruct (accepted_parts _ _ _ _ _ _ _ H) as (W1 & W2 & _).
  destruct G as [|x xs Gx G]; [reflexivity|].
  apply (accepted_run _ _ _ _ _ _ _ H (x :: xs) (Forall_cons _ Gx G));
    [apply wf_init with n, W1|apply wf_init with n, W2|apply (accepted_start _ _ _ _ _ _ _ H x Gx)].
Qed.

(** Both programs have a meaning without defaults, and it is the same. *)
Theorem check_sound fnd wit ins n src tgt c :
  check fnd wit ins n src tgt c = true ->
  forall xs, Forall (good_input ins n) xs ->
  strict F src xs = Some (sem F src xs) /\ strict F tgt xs = Some (sem F src xs).
Proof.
  intros H xs G. destruct (accepted_parts _ _ _ _ _ _ _ H) as (W1 & W2 & _).
  assert (L : Forall (fun x => length x = n) xs) by (eapply Forall_impl; [|exact G]; now intros ? []).
  split; [apply wf_strict with n; auto|].
  rewrite (check_sound_sem _ _ _ _ _ _ _ H xs G). apply wf_strict with n; auto.
Qed.

(** The bounds that the certificate claims hold of what is remembered, before the first step and after
    every one. *)
Theorem check_bounds fnd wit ins n src tgt c :
  check fnd wit ins n src tgt c = true ->
  forall xs, Forall (good_input ins n) xs ->
  bounded (src_bounds c) (after src (init F src) xs) /\ bounded (tgt_bounds c) (after tgt (init F tgt) xs).
Proof.
  intros H xs G. destruct (accepted_parts _ _ _ _ _ _ _ H) as (W1 & W2 & _ & B1 & B2 & _).
  destruct G as [|x xs Gx G]; [split; assumption|].
  apply (accepted_run _ _ _ _ _ _ _ H (x :: xs) (Forall_cons _ Gx G));
    [apply wf_init with n, W1|apply wf_init with n, W2|apply (accepted_start _ _ _ _ _ _ _ H x Gx)].
Qed.
End Sound.
