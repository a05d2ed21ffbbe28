// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {DealState, DealStates, only} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {Digests} from "../../support/Digests.sol";
import {vm} from "../../support/Vm.sol";

contract Escrow_settle is Base {
    struct Split {
        uint128 toBuyer;
        uint128 remaining;
        uint40 expiry;
    }

    function test_WhenAnyoneSubmitsBothSignatures() public {
        Terms memory terms = _funded(ETH);
        Split memory split = _split(0.4 ether, 1 ether);
        _settles(terms, split, stranger, _by(BUYER_KEY, terms, split), _by(SELLER_KEY, terms, split));
    }

    function test_WhenBuyerCallsUnsigned() public {
        Terms memory terms = _shipped(address(usd));
        Split memory split = _split(100e6, 100e6);
        _settles(terms, split, buyer, "", _by(SELLER_KEY, terms, split));
    }

    function test_WhenSellerCallsUnsigned() public {
        Terms memory terms = _delivered(address(usd));
        Split memory split = _split(0, 100e6);
        _settles(terms, split, seller, _by(BUYER_KEY, terms, split), "");
    }

    function test_GivenDisputed_WhenArbiterTooLate() public {
        Terms memory terms = _disputed(ETH);
        _late(terms);
        Split memory split = _split(0.5 ether, 1 ether);
        _settles(terms, split, stranger, _by(BUYER_KEY, terms, split), _by(SELLER_KEY, terms, split));
    }

    function test_GivenPartsMoved() public {
        Terms memory terms = _funded(address(usd));
        vm.prank(buyer);
        escrow.releasePart(terms, 39);
        vm.prank(seller);
        escrow.refundPart(terms, 11);
        Split memory split = _split(50e6, 100e6 - 50);
        Holdings memory before = _holdings(address(usd));
        bytes memory signature = _by(SELLER_KEY, terms, split);
        _submit(terms, split, buyer, "", signature);
        _collect(terms);
        // 2.5 % of the 39 was 0; of the whole 49,999,989 released in the end it is 1,249,999.
        _assertGains(address(usd), before, 50e6, 49_999_950 - 1_249_999, 0, 1_249_999);
    }

    function test_WhenExpiresThisSecond() public {
        Terms memory terms = _funded(ETH);
        Split memory split = _split(1, 1 ether);
        vm.warp(split.expiry);
        _settles(terms, split, stranger, _by(BUYER_KEY, terms, split), _by(SELLER_KEY, terms, split));
    }

    function _settles(Terms memory terms, Split memory split, address by, bytes memory ofBuyer, bytes memory ofSeller)
        private
    {
        uint256 gross = split.remaining - split.toBuyer;
        uint256 fee = _rounded(gross, split.remaining) * OPERATOR_BPS / 10_000;
        Holdings memory before = _holdings(terms.token);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Settled(_idOf(terms), split.toBuyer, gross - fee, fee);
        _submit(terms, split, by, ofBuyer, ofSeller);
        _assertGains(terms.token, before, split.toBuyer, gross - fee, 0, 0);
        _collect(terms);
        _assertGains(terms.token, before, split.toBuyer, gross - fee, 0, fee);
        _assertState(terms, DealState.Settled);
        vm.assertEq(escrow.remainingOf(terms), 0, "remaining");
    }

    function test_RevertWhen_Expired() public {
        Terms memory terms = _funded(ETH);
        Split memory split = _split(1, 1 ether);
        vm.warp(uint256(split.expiry) + 1);
        bytes memory refusal =
            abi.encodeWithSelector(IEscrowErrors.SignatureExpired.selector, split.expiry, uint256(split.expiry) + 1);
        _refused(terms, split, BUYER_KEY, SELLER_KEY, refusal);
    }

    function test_RevertWhen_RemainingChanged() public {
        Terms memory terms = _funded(ETH);
        Split memory split = _split(0.5 ether, 1 ether);
        vm.prank(seller);
        escrow.refundPart(terms, 0.1 ether);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.RemainingChanged.selector, 1 ether, 0.9 ether);
        _refused(terms, split, BUYER_KEY, SELLER_KEY, refusal);
    }

    function test_RevertWhen_MoreThanRemains() public {
        Terms memory terms = _funded(ETH);
        Split memory split = _split(1 ether + 1, 1 ether);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.AmountOutOfRange.selector, 1 ether + 1, 1 ether);
        _refused(terms, split, BUYER_KEY, SELLER_KEY, refusal);
    }

    function test_RevertWhen_BuyerDidNotSign() public {
        Terms memory terms = _funded(ETH);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, buyer);
        _refused(terms, _split(0, 1 ether), SELLER_KEY, SELLER_KEY, refusal);
    }

    function test_RevertWhen_SellerDidNotSign() public {
        Terms memory terms = _funded(ETH);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, seller);
        _refused(terms, _split(1 ether, 1 ether), BUYER_KEY, BUYER_KEY, refusal);
    }

    function test_RevertWhen_StrangerSubmitsEmptySignatures() public {
        Terms memory terms = _funded(ETH);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, buyer));
        _submit(terms, _split(0, 1 ether), stranger, "", "");
    }

    function test_RevertWhen_SignedForAnotherDeal() public {
        Terms memory terms = _funded(ETH);
        Terms memory other = _terms(ETH);
        other.salt = 2;
        _open(other);
        Split memory split = _split(0, 1 ether);
        bytes memory ofBuyer = _by(BUYER_KEY, other, split);
        bytes memory ofSeller = _by(SELLER_KEY, other, split);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, buyer));
        _submit(terms, split, stranger, ofBuyer, ofSeller);
    }

    function test_RevertGiven_Settled() public {
        Terms memory terms = _inState(ETH, DealState.Settled);
        bytes memory refusal = abi.encodeWithSelector(
            IEscrowErrors.UnexpectedState.selector, _idOf(terms), DealState.Settled, _settleable()
        );
        _refused(terms, _split(0, 1 ether), BUYER_KEY, SELLER_KEY, refusal);
    }

    function _refused(Terms memory terms, Split memory split, uint256 key1, uint256 key2, bytes memory refusal)
        private
    {
        bytes memory ofBuyer = _by(key1, terms, split);
        bytes memory ofSeller = _by(key2, terms, split);
        vm.expectRevert(refusal);
        _submit(terms, split, stranger, ofBuyer, ofSeller);
    }

    /// @dev The seller's part as a deal's slot keeps it, in 40 bits, rounded down; written out, not taken from the library.
    function _rounded(uint256 gross, uint256 left) private pure returns (uint256) {
        uint256 whole = 2 ** 40 - 1;
        return (gross * whole / left) * left / whole;
    }

    function _settleable() private pure returns (DealStates) {
        return _underway() | only(DealState.Disputed) | only(DealState.PartlyFunded);
    }

    function _split(uint128 toBuyer, uint128 remaining) private view returns (Split memory) {
        return Split(toBuyer, remaining, uint40(block.timestamp + 1 days));
    }

    function _by(uint256 key, Terms memory terms, Split memory split) private view returns (bytes memory) {
        return _sign(
            key,
            Digests.settlement(address(escrow), _idOf(terms), split.toBuyer, split.remaining, split.expiry)
        );
    }

    function _submit(Terms memory terms, Split memory split, address by, bytes memory ofBuyer, bytes memory ofSeller)
        private
    {
        vm.prank(by);
        escrow.settle(terms, split.toBuyer, split.remaining, split.expiry, ofBuyer, ofSeller);
    }
}
