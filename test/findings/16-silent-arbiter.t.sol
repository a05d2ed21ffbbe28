// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {EndlessDispute} from "../../contracts/mocks/faulty/Limits.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 16: there is no arbiter, or it never rules, and the money waits for ever.
contract Finding16_SilentArbiter is FindingBase {
    function test_EscrowRefusesADealWithoutArbiter() public {
        Terms memory terms = _terms(ETH);
        terms.arbiter = address(0);
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.NoArbiter.selector));
        vm.prank(buyer);
        escrow.open{value: ETH_PRICE}(offer, 0, signature);
    }

    /// @dev Each state that is not final, the arbiter gone and one of the parties as well.
    function test_EscrowEndsWithBuyerAlone() public {
        _endsAlone(DealState.PartlyFunded, buyer);
        _endsAlone(DealState.Funded, buyer);
        _endsAlone(DealState.Shipped, buyer);
        _endsAlone(DealState.Delivered, buyer);
        _endsAlone(DealState.Disputed, buyer);
    }

    function test_EscrowEndsWithSellerAlone() public {
        _endsAlone(DealState.PartlyFunded, seller);
        _endsAlone(DealState.Shipped, seller);
        _endsAlone(DealState.Delivered, seller);
        _endsAlone(DealState.Disputed, seller);
    }

    function test_FaultyEscrowWaitsForEver() public {
        EndlessDispute faulty = new EndlessDispute{value: 1 ether}(arbiter);
        bytes[] memory ways = new bytes[](2);
        ways[0] = abi.encodeCall(EndlessDispute.rule, (payable(buyer)));
        ways[1] = abi.encodeCall(EndlessDispute.rule, (payable(seller)));
        _attack(buyer, address(faulty), ways);
        _attack(seller, address(faulty), ways);
        vm.assertEq(address(faulty).balance, 1 ether, "nobody gets it out");
    }

    function _endsAlone(DealState state, address party) private {
        uint256 snapshot = vm.snapshotState();
        Terms memory terms = _inState(ETH, state);
        bytes[] memory ways = new bytes[](5);
        ways[0] = abi.encodeCall(IEscrow.cancelFunding, (terms));
        ways[1] = abi.encodeCall(IEscrow.reclaim, (terms));
        ways[2] = abi.encodeCall(IEscrow.deliver, (terms));
        ways[3] = abi.encodeCall(IEscrow.claim, (terms));
        ways[4] = abi.encodeCall(IEscrow.awardByDefault, (terms));
        _attack(party, address(escrow), ways);
        vm.assertEq(escrow.remainingOf(terms), 0, "the deal ended");
        vm.revertToState(snapshot);
    }

    /// @dev One party tries all it may, again and again, for two years. It leaves out what gives the money away.
    function _attack(address party, address target, bytes[] memory ways) private {
        for (uint256 year = 0; year < 2; ++year) {
            vm.warp(block.timestamp + 365 days);
            for (uint256 i = 0; i < ways.length; ++i) _try(party, target, ways[i]);
        }
    }
}
