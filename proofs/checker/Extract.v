(** * Extraction of the checker to OCaml

    Trusted here: Coq's extraction; the stock files that map nat to int and positive, Z to zarith; and
    one realizer of our own, [Z.ggcd], the greatest common divisor together with the two quotients.

    An int must not overflow: what the reader lets through has naturals of at most 15 digits, below
    2^62. The dimensions of a certificate's nodes are computed from these, and concatenations of
    concatenations double them; so the driver adds all dimensions up before anything else is run, with a
    sum that stops at 2^26, and leaves a certificate undecided that has more (driver/width.ml).

    The result is committed as driver/verified.ml; the check extracts again and compares. *)
From Coq Require Import Extraction ExtrOcamlBasic ExtrOcamlNatInt ExtrOcamlZBigInt QArith.
From LSRL Require Import Language WellFormed Forms Checker Chain Search.

Extract Constant Z.ggcd => "(fun a b ->
  let g = Big_int_Z.gcd_big_int a b in
  if Big_int_Z.sign_big_int g = 0 then (g, (Big_int_Z.zero_big_int, Big_int_Z.zero_big_int))
  else (g, (Big_int_Z.div_big_int a g, Big_int_Z.div_big_int b g)))".
Extraction "_out/verified.ml" check check_chain hold_at_start chk_links chk_bound feqv sinit bounds_of low up srelu smul
  sdot fconst normal wf_cert wf.
