// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {BareMessage} from "../../contracts/mocks/faulty/Replay.sol";
import {Act, Action} from "../../contracts/types/Act.sol";
import {DealState, only} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 24: a signature is used again: on a fork, in a copy of the contract, in a second deal, or with its bytes
/// changed; or nobody signs.
contract Finding24_Replay is FindingBase {
    /// @dev The group order of secp256k1: what turns a signature into its twin.
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function test_EscrowOnAForkTakesNoOldOffer() public {
        Offer memory offer = _offerOf(_terms(ETH));
        bytes memory signature = _signOffer(offer);
        vm.chainId(block.chainid + 1);
        vm.assertEq(_open(address(escrow), offer, signature), _wrong(seller), "refused on another chain");
    }

    function test_EscrowsCopyTakesNoOfferOfTheFirst() public {
        Offer memory offer = _offerOf(_terms(ETH));
        address copy = _deploy("Escrow.sol:Escrow", abi.encode(PERMIT2));
        vm.assertEq(_open(copy, offer, _signOffer(offer)), _wrong(seller), "refused by a copy");
    }

    function test_EscrowTakesAnOfferOnce() public {
        Offer memory offer = _offerOf(_terms(ETH));
        bytes memory signature = _signOffer(offer);
        vm.assertEq(_open(address(escrow), offer, signature), "", "taken");
        _expectState(offer.terms, DealState.Funded, only(DealState.None));
        vm.prank(buyer);
        escrow.open{value: ETH_PRICE}(offer, 0, signature);
        vm.prank(buyer);
        escrow.release(offer.terms);
        _expectState(offer.terms, DealState.Completed, only(DealState.None));
        vm.prank(buyer);
        escrow.open{value: ETH_PRICE}(offer, 0, signature);
    }

    function test_EscrowTakesNoActOfAnotherDeal() public {
        Terms memory terms = _funded(ETH);
        Terms memory other = _terms(ETH);
        other.salt = 2;
        _open(other);
        Act memory what = _actOf(buyer, Action.Release);
        bytes memory signature = _signed(terms, what);
        _refusesSignature(other, what, signature, _wrong(buyer));
        escrow.act(terms, what, signature);
        _refusesSignature(
            terms,
            what,
            signature,
            abi.encodeWithSelector(
                IEscrowErrors.UnexpectedState.selector, _idOf(terms), DealState.Completed, _underway()
            )
        );
    }

    /// @dev A part is signed as the total that will have been paid, so neither the signature nor its twin pays another.
    function test_EscrowPaysAPartOnceForASignatureAndItsTwin() public {
        Terms memory terms = _funded(ETH);
        Act memory what = _actOf(buyer, Action.ReleasePart, ETH_PRICE / 4);
        bytes memory signature = _signed(terms, what);
        escrow.act(terms, what, signature);
        _refusesSignature(terms, what, _twin(signature), _wrong(buyer));
        bytes memory moved = abi.encodeWithSelector(IEscrowErrors.AlreadyMoved.selector, what.value, what.value);
        _refusesSignature(terms, what, signature, moved);
        vm.assertEq(escrow.remainingOf(terms), ETH_PRICE * 3 / 4, "one part");
    }

    function test_EscrowTakesNoOtherShapeOfASignature() public {
        Terms memory terms = _funded(ETH);
        Act memory what = _actOf(buyer, Action.Release);
        bytes memory good = _signed(terms, what);
        bytes memory withoutRecovery = bytes.concat(good);
        withoutRecovery[64] = bytes1(uint8(good[64]) - 27);
        _refusesSignature(terms, what, _twin(good), _wrong(buyer));
        _refusesSignature(terms, what, withoutRecovery, _wrong(buyer));
        _refusesSignature(terms, what, bytes.concat(good, hex"00"), _wrong(buyer));
        _refusesSignature(terms, what, "", _wrong(buyer));
    }

    /// @dev A recovery that fails answers with zero, and zero is who nobody is.
    function test_EscrowTakesNobodyForASigner() public {
        Terms memory terms = _funded(ETH);
        _refusesSignature(terms, _actOf(address(0), Action.Dispute), new bytes(65), _wrong(address(0)));
        Offer memory offer = _offerOf(_terms(ETH));
        offer.terms.seller = address(0);
        vm.assertEq(
            _open(address(escrow), offer, new bytes(65)), abi.encodeWithSelector(IEscrowErrors.NoMaker.selector), "refused"
        );
    }

    function test_FaultyEscrowTakesThemAll() public {
        BareMessage faulty = new BareMessage();
        BareMessage copy = new BareMessage();
        bytes memory signature = _sign(BUYER_KEY, keccak256(abi.encodePacked(uint256(1), uint8(1))));
        vm.assertTrue(_releases(faulty, buyer, signature), "the signature");
        vm.assertTrue(_releases(faulty, buyer, _twin(signature)), "its twin");
        vm.assertEq(faulty.paid(1), 2, "paid twice");
        vm.chainId(block.chainid + 1);
        vm.assertTrue(_releases(copy, buyer, signature), "in a copy, on a fork");
        vm.assertTrue(_releases(copy, address(0), new bytes(65)), "signed by nobody");
    }

    function _releases(BareMessage faulty, address signer, bytes memory signature) private returns (bool) {
        (bytes32 r, bytes32 s, uint8 v) = _parts(signature);
        return _try(stranger, address(faulty), abi.encodeCall(faulty.release, (1, signer, r, s, v)));
    }

    function _open(address target, Offer memory offer, bytes memory signature) private returns (bytes memory refusal) {
        bool done;
        (done, refusal) = _tryWith(ETH_PRICE, buyer, target, abi.encodeCall(IEscrow.open, (offer, 0, signature)));
        if (done) refusal = "";
    }

    function _wrong(address signer) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, signer);
    }

    function _twin(bytes memory signature) private pure returns (bytes memory) {
        (bytes32 r, bytes32 s, uint8 v) = _parts(signature);
        return abi.encodePacked(r, bytes32(ORDER - uint256(s)), v == 27 ? uint8(28) : uint8(27));
    }

    function _parts(bytes memory signature) private pure returns (bytes32 r, bytes32 s, uint8 v) {
        assembly ("memory-safe") {
            r := mload(add(signature, 0x20))
            s := mload(add(signature, 0x40))
            v := byte(0, mload(add(signature, 0x60)))
        }
    }
}
