// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {StepCounter} from "../../contracts/mocks/faulty/Replay.sol";
import {Offer} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 30: a maker was made to sign offers for counters to come; voiding all offers makes one of them valid.
contract Finding30_FutureCounters is FindingBase {
    uint256 private constant PRESIGNED = 20;

    function test_EscrowTakesNoneThatWasSignedBefore() public {
        Offer memory offer = _offerOf(_terms(ETH));
        bytes[] memory takes = new bytes[](PRESIGNED);
        for (uint256 i = 0; i < PRESIGNED; ++i) {
            offer.counter = i;
            takes[i] = abi.encodeCall(IEscrow.open, (offer, 0, _signOffer(offer)));
        }
        vm.assertEq(_attack(address(escrow), takes), 0, "valid afterwards");
        offer.counter = 1;
        bytes memory signature = _signOffer(offer);
        uint256 current = escrow.counterOf(seller);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.OfferCancelled.selector, 1, current));
        vm.prank(buyer);
        escrow.open{value: ETH_PRICE}(offer, 0, signature);
    }

    /// @dev The jump follows the chain, so the counter that comes cannot be named beforehand, and it never goes back.
    function test_EscrowsCounterJumpsByWhatTheChainSays() public {
        vm.prank(seller);
        escrow.cancelAllOffers();
        uint256 jump = 1 + uint256(uint64(uint256(blockhash(block.number - 1))));
        vm.assertEq(escrow.counterOf(seller), jump, "by one and half of a block's hash");
        vm.assertGe(jump, PRESIGNED, "which is far");
        vm.prank(seller);
        escrow.cancelAllOffers();
        vm.assertEq(escrow.counterOf(seller), 2 * jump, "and on");
    }

    function test_FaultyCounterMakesOneValid() public {
        StepCounter faulty = new StepCounter();
        bytes[] memory takes = new bytes[](PRESIGNED);
        for (uint256 i = 0; i < PRESIGNED; ++i) {
            (uint8 v, bytes32 r, bytes32 s) = vm.sign(SELLER_KEY, keccak256(abi.encode(address(faulty), i)));
            takes[i] = abi.encodeCall(faulty.take, (seller, i, r, s, v));
        }
        vm.assertEq(_attack(address(faulty), takes), 1, "the next one is valid");
    }

    /// @dev The maker voids all offers; how many of those signed before are valid then?
    function _attack(address target, bytes[] memory takes) private returns (uint256 valid) {
        vm.assertTrue(_try(seller, target, abi.encodeCall(IEscrow.cancelAllOffers, ())), "voided");
        for (uint256 i = 0; i < takes.length; ++i) {
            uint256 value = target == address(escrow) ? ETH_PRICE : 0;
            (bool taken,) = _tryWith(value, buyer, target, takes[i]);
            if (taken) ++valid;
        }
    }
}
